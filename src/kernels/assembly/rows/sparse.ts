import { at, rowAt, Rows } from './rows';

/** ⟨row, vector⟩ of the entries up to the value at `end`: two running sums, of every other entry each. */
@inline
function dot(column: usize, value: usize, end: usize, vector: usize): f64 {
  let even: f64 = 0;
  let odd: f64 = 0;
  for (; value + 8 < end; value += 16) {
    even += load<f64>(value) * load<f64>(at(vector, load<i32>(column)));
    odd += load<f64>(value, 8) * load<f64>(at(vector, load<i32>(column, 4)));
    column += 8;
  }
  if (value < end) even += load<f64>(value) * load<f64>(at(vector, load<i32>(column)));
  return even + odd;
}

/** vector += coefficient·row of the entries up to the value at `end`. */
@inline
function axpy(column: usize, value: usize, end: usize, coefficient: f64, vector: usize): void {
  for (; value < end; value += 8) {
    const to = at(vector, load<i32>(column));
    store<f64>(to, load<f64>(to) + coefficient * load<f64>(value));
    column += 4;
  }
}

/**
 * Goes through `count` chosen rows and the vectors of all outputs: writes the products of both to the scores or, if
 * `adding`, adds the rows times the scores to the vectors.
 */
@inline
function eachRow(adding: bool, rows: Rows, chosen: usize, count: i32, vectors: usize): void {
  const outputs = rows.outputs;
  const stride = <usize>rows.features << 3;
  let score = rows.scores;
  for (let i = 0; i < count; i++) {
    const start = rows.starts + (<usize>rowAt(chosen, i) << 2);
    const first = load<i32>(start);
    const column = rows.columns + (<usize>first << 2);
    const value = at(rows.values, first);
    const end = at(rows.values, load<i32>(start, 4));
    let vector = vectors;
    for (let k = 0; k < outputs; k++) {
      if (adding) axpy(column, value, end, load<f64>(score), vector);
      else store<f64>(score, dot(column, value, end, vector));
      vector += stride;
      score += 8;
    }
  }
}

/** Writes W·x of `count` chosen rows to the scores, row by row. */
export function sparseProducts(rows: Rows, chosen: usize, count: i32, params: usize): void {
  eachRow(false, rows, chosen, count, params);
}

/** out[k] += Σ_i scores[i][k]·(row i) over `count` chosen rows, for each output k. */
export function addSparse(rows: Rows, chosen: usize, count: i32, out: usize): void {
  eachRow(true, rows, chosen, count, out);
}
