import { addDense, denseProducts } from './dense';
import { at, Rows } from './rows';
import { addSparse, sparseProducts } from './sparse';

/** Writes the scores W·x + b of `count` chosen rows, at most CHUNK. */
export function predict(rows: Rows, chosen: usize, count: i32, params: usize): void {
  if (rows.starts) sparseProducts(rows, chosen, count, params);
  else denseProducts(rows, chosen, count, params);
  if (!rows.biased) return;
  const outputs = rows.outputs;
  const biases = at(params, outputs * rows.features);
  let score = rows.scores;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < outputs; k++) {
      store<f64>(score, load<f64>(score) + load<f64>(at(biases, k)));
      score += 8;
    }
  }
}

/** Adds to `out` the derivative in W and b of what has the derivatives that lie in place of the scores. */
export function propagate(rows: Rows, chosen: usize, count: i32, out: usize): void {
  if (rows.starts) addSparse(rows, chosen, count, out);
  else addDense(rows, chosen, count, out);
  if (!rows.biased) return;
  const outputs = rows.outputs;
  const biases = at(out, outputs * rows.features);
  for (let k = 0; k < outputs; k++) {
    let sum = load<f64>(at(biases, k));
    for (let i = 0; i < count; i++) sum += load<f64>(at(rows.scores, i * outputs + k));
    store<f64>(at(biases, k), sum);
  }
}
