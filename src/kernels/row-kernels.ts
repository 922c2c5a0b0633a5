import type { Examples } from './rows.js';
import type { ReadonlyVector, Vector } from './vector.js';

/**
 * How a row's scores s are held against its label y: `squared` ½(s − y)²; `logistic` ln(1 + e^{−s}) for labels above 0 and
 * ln(1 + eˢ) for others; `softmax` ln Σ_k e^{s_k} − s_y. All but softmax have a single score.
 */
export type LinearLoss = 'squared' | 'logistic' | 'softmax';

/**
 * Scores s = W·x + b of rows x and the loss of them. Parameters: W as [outputs][features], then b when there is a bias;
 * float64.
 */
export interface LinearModel {
  readonly loss: LinearLoss;
  /** Scores a row, at least 1. */
  readonly outputs: number;
  readonly bias: boolean;
  /** The penalty (l2/2)·‖W‖², which leaves b alone; at least 0. */
  readonly l2: number;
}

/** What rows that were scored have come to so far. */
export interface Tally {
  /** The sum of their losses, without the penalty. */
  loss: number;
  /**
   * How many have the class that is their label: the one with the largest score, the first of equals; of a single score,
   * class 1 where it is above 0. 0 with the squared loss.
   */
  correct: number;
}

/** A linear model's loops over the rows of a data set. */
export interface LinearLoops {
  /**
   * Writes to `out` the gradient of the mean loss of `rows` of the training examples, at least one, under `labels`, plus
   * the penalty; returns what it is the gradient of.
   */
  readonly gradient: (params: ReadonlyVector, rows: Int32Array, labels: Float64Array, out: Vector) => number;
  /** Adds the test rows `from` .. `to` − 1 to `tally`. */
  readonly score: (params: ReadonlyVector, from: number, to: number, tally: Tally) => void;
}

/** Arithmetic on the rows of data sets, dense or sparse; float64. */
export interface RowKernels {
  /** Claims the memory of a linear model, with the data where rows are read from it. */
  readonly linear: (model: LinearModel, train: Examples, test: Examples) => LinearLoops;
}
