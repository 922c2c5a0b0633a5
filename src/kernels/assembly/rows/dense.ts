import { dot, dotFour, dotFourTwo } from './dense-dots';
import { axpy, axpyFour, axpyFourTwo } from './dense-sums';
import { at, rowAt, Rows } from './rows';

/** Where the `i`-th of the chosen rows begins. */
@inline
function begin(rows: Rows, chosen: usize, i: i32): usize {
  return rows.values + <usize>rowAt(chosen, i) * (<usize>rows.features << 2);
}

/**
 * Goes through `count` chosen rows, four at a time, and the vectors of all outputs, two at a time: writes the products of
 * both to the scores or, if `adding`, adds the rows times the scores to the vectors.
 */
@inline
function eachRow(adding: bool, rows: Rows, chosen: usize, count: i32, vectors: usize): void {
  const outputs = rows.outputs;
  const features = rows.features;
  const stride = <usize>outputs << 3;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const x0 = begin(rows, chosen, i);
    const x1 = begin(rows, chosen, i + 1);
    const x2 = begin(rows, chosen, i + 2);
    const x3 = begin(rows, chosen, i + 3);
    const scores = at(rows.scores, i * outputs);
    let k = 0;
    for (; k + 2 <= outputs; k += 2) {
      if (adding) axpyFourTwo(at(scores, k), stride, x0, x1, x2, x3, features, at(vectors, k * features));
      else dotFourTwo(x0, x1, x2, x3, at(vectors, k * features), features, at(scores, k), stride);
    }
    if (k == outputs) continue;
    if (adding) axpyFour(at(scores, k), stride, x0, x1, x2, x3, features, at(vectors, k * features));
    else dotFour(x0, x1, x2, x3, at(vectors, k * features), features, at(scores, k), stride);
  }
  for (; i < count; i++) {
    const x = begin(rows, chosen, i);
    const scores = at(rows.scores, i * outputs);
    for (let k = 0; k < outputs; k++) {
      if (adding) axpy(load<f64>(at(scores, k)), x, features, at(vectors, k * features));
      else store<f64>(at(scores, k), dot(x, at(vectors, k * features), features));
    }
  }
}

/** Writes W·x of `count` chosen rows to the scores, row by row. */
export function denseProducts(rows: Rows, chosen: usize, count: i32, params: usize): void {
  eachRow(false, rows, chosen, count, params);
}

/** out[k] += Σ_i scores[i][k]·(row i) over `count` chosen rows, for each output k. */
export function addDense(rows: Rows, chosen: usize, count: i32, out: usize): void {
  eachRow(true, rows, chosen, count, out);
}
