import type { Batch } from '../learning/objective.js';
import type { Precision, ReadonlyVector, Vector } from '../weighted/vector.js';

type Numbers = Float32Array | Float64Array | Int32Array;

/** All that a part of a run must keep to go on: plain arrays under names. */
export type PlainState = Readonly<Record<string, Numbers | readonly Numbers[]>>;

/** Where workers get samples and gradients. Workers are numbered from 0. */
export interface Oracle {
  /** Claims memory for one sample. */
  batch(): Batch;
  /** Fills `batch` with a fresh sample from the worker's own stream and share of the data. */
  draw(worker: number, batch: Batch): void;
  /**
   * Writes the stochastic gradient at `params` on `batch` to `out` and returns the loss there.
   * `fresh`: this is the worker's first look at a model that it was sent, so running statistics follow it.
   */
  gradient(worker: number, params: ReadonlyVector, batch: Batch, out: Vector, fresh: boolean): number;
}

/** How many workers and parameters there are. */
export interface MethodShape {
  readonly workers: number;
  readonly dimension: number;
  readonly precision: Precision;
}

/** The worker's side of a method: turns each model that it is sent into a message. */
export interface Estimator {
  readonly state: PlainState;
  /** Writes the worker's next message to `out`, given the model it was just sent; returns its minibatch's loss. */
  query(worker: number, params: ReadonlyVector, out: Vector): number;
}

/** Claims the workers' memory for `shape.workers` vectors of `shape.dimension` numbers; samples and gradients come from `oracle`. */
export type EstimatorRule = (shape: MethodShape, oracle: Oracle) => Estimator;

/** The server's side of a method. */
export interface Update {
  readonly state: PlainState;
  /** Moves `params`, the model that workers are sent, by the aggregate of step `t` = 1, 2, …. */
  step(t: number, aggregate: ReadonlyVector, params: Vector): void;
}

/** Claims the server's memory; `start` is the model x_1. */
export type UpdateRule = (start: ReadonlyVector, precision: Precision) => Update;

/** An optimisation method: the worker's estimator paired with the server's update. */
export interface Method {
  readonly estimator: EstimatorRule;
  readonly update: UpdateRule;
}
