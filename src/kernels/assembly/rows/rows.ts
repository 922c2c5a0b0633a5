/**
 * A linear model on the rows of a data set: scores s = W·x + b, `outputs` a row. Parameters are W as [outputs][features],
 * then b where `biased` isn't 0; float64. A table of these words lies in memory.
 */
@unmanaged
export class Rows {
  /** Where each row's entries begin, i32, one more than there are rows; 0 for dense rows. */
  starts: usize;
  /** The entries' columns, i32; 0 for dense rows. */
  columns: usize;
  /** The entries' values, float64; for dense rows all values, float32. */
  values: usize;
  features: i32;
  outputs: i32;
  biased: i32;
  /** Scratch memory: CHUNK·outputs float64. */
  scores: usize;
  /** Written by the scoring of rows: how many of them had the right class. */
  correct: i32;
}

/** Rows whose scores are held at a time. */
export const CHUNK = 64;

/** The number of the row that is `i`-th of those in the table `chosen`, i32. */
@inline
export function rowAt(chosen: usize, i: i32): i32 {
  return load<i32>(chosen + (<usize>i << 2));
}

/** The `k`-th float64 from `start` on. */
@inline
export function at(start: usize, k: i32): usize {
  return start + (<usize>k << 3);
}
