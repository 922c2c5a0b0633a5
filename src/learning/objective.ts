import type { Random } from '../random/random.js';
import type { Precision, ReadonlyVector, Vector } from '../kernels/vector.js';

/** One sample z of an objective. Reused; which fields are filled is the objective's own affair. */
export interface Batch {
  /** Rows of the training data; empty where there are no data. */
  readonly rows: Int32Array;
  /** Their labels, which a data attack may have falsified. */
  readonly labels: Float64Array;
  /** The noise of a noisy objective; empty where samples are rows. */
  readonly noise: Float64Array;
}

/** The training rows a worker draws from; `null`: all of them. */
export type Share = Int32Array | null;

/** Measured at a model: accuracy, loss, error, …: by name. */
export type Scores = Readonly<Record<string, number>>;

/** A gradient that is asked for, with where it goes. */
export interface GradientRequest {
  batch: Batch;
  /** Where ∇f(params; batch) is to be written. */
  out: Vector;
  /** Where is written what this batch says of the running statistics; null where nobody asks. */
  seen: Vector | null;
  /** Written: f(params; batch). */
  loss: number;
}

/** A function f(x) = E_z f(x; z) to be minimised, with its stochastic gradients. */
export interface Objective {
  /** Number of parameters. */
  readonly dimension: number;
  readonly precision: Precision;
  /** Number of values besides the parameters that evaluation needs: batch normalisation's running means and variances. */
  readonly statistics: number;
  /** Number of classes that labels have; 0 where there are none. */
  readonly classes: number;
  /** The score by which runs are compared, and whether more of it is better. */
  readonly metric: { readonly name: string; readonly better: 'more' | 'less' };
  /** Further scores, shares of 1, that tables and figures show beside the metric; none unless given. */
  readonly beside?: readonly string[];
  /** Writes a starting point. */
  initial(random: Random, out: Vector): void;
  /** Writes the statistics before any gradient. */
  initialStatistics(out: Vector): void;
  /** Claims memory for one sample. */
  batch(): Batch;
  /** Draws a sample from a worker's share of the data. */
  draw(random: Random, share: Share, batch: Batch): void;
  /**
   * Writes ∇f(params; batch) to `out` and returns f(params; batch). With `seen`, writes there what this batch says of the
   * running statistics.
   */
  gradient(params: ReadonlyVector, batch: Batch, out: Vector, seen?: Vector | null): number;
  /** Takes several gradients at one model. Without it, they are taken one after another. */
  gradients?(params: ReadonlyVector, requests: readonly GradientRequest[]): void;
  /**
   * A sample that holds every row of a share once, with its own label and without noise, so that `gradient` takes ∇f_i of the
   * worker whose share it is; there where a gradient can be taken of any number of rows. Its arrays may be the same at the next
   * call: who falsifies some copies them first. Throws a RangeError when the share is empty.
   */
  whole?(share: Share): Batch;
  /**
   * L >= 0: the loss of each single row, its penalty included, is L-smooth: ‖∇f(x; z) − ∇f(y; z)‖ ≤ L·‖x − y‖ for every z; there
   * where one is known. The first call may read all rows.
   */
  smoothness?(): number;
  /** μ >= 0: f(x) − (μ/2)·‖x‖² is convex for every share; there where one is known. 0 is convex and no more. */
  strongConvexity?(): number;
  /** Moves the running statistics by what a batch said of them; there where `statistics` isn't 0. */
  blend?(statistics: Vector, seen: ReadonlyVector): void;
  /** Scores `params`, in slices: yields every now and then so that a caller can breathe, and returns the scores. */
  evaluate(params: ReadonlyVector, statistics: ReadonlyVector): Generator<void, Scores>;
}
