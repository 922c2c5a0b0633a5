import type { Compressor, CompressorRule } from '../compressors/index.js';
import type { Batch } from '../learning/objective.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Precision, ReadonlyVector, Vector } from '../kernels/vector.js';
import type { Random } from '../random/random.js';

type Numbers = Float32Array | Float64Array | Int32Array;

/** All that a part of a run must keep to go on: plain arrays under names. */
export type PlainState = Readonly<Record<string, Numbers | readonly Numbers[]>>;

/** Where workers get samples. Workers are numbered from 0. */
export interface Samples {
  /** Claims memory for one sample. */
  batch(): Batch;
  /** Fills `batch` with a fresh sample from the worker's own stream and share of the data. */
  draw(worker: number, batch: Batch): void;
}

/** How a run's messages are compressed. */
export interface Compression {
  readonly rule: CompressorRule;
  /** The rule at work in this run. */
  readonly compressor: Compressor;
  /** The stream of a worker's (from 0) draws for its compressor, `worker N/compression` with N from 1; lent until the next call. */
  readonly randomOf: (worker: number) => Random;
}

/** How many workers and parameters there are. */
export interface MethodShape {
  readonly workers: number;
  /** Workers whose samples are wanted at a time: all, or 1 where the message is made before the next worker's are drawn. */
  readonly underway: number;
  readonly dimension: number;
  readonly precision: Precision;
  readonly kernels: Kernels;
  /** How messages are compressed, for a method that `compresses` by itself; not there where they aren't. */
  readonly compression?: Compression | undefined;
}

/**
 * The worker's side of a method: turns the models that a worker is sent into messages, each made of gradients at the model.
 * Samples are drawn when the model leaves the server; the message is made when their gradients are there, in between or
 * just before it arrives. A worker's two calls alternate.
 */
export interface Estimator {
  readonly state: PlainState;
  /** Number of gradients in a message, at least 1. */
  readonly gradients: number;
  /**
   * Draws the samples of the worker's next message: `gradients` batches, lent until its next call, or the next of all where no
   * more than one worker's are wanted at a time. The first is its
   * fresh look at the model, which running statistics follow.
   */
  draw(worker: number): readonly Batch[];
  /** Writes the worker's message to `out`, given the gradients on those batches; `gradients[0]` may be `out`, others may be overwritten. */
  message(worker: number, gradients: readonly Vector[], out: Vector): void;
  /**
   * The size of the message that was made last for the worker, in bits, > 0: what the message counts and takes time for. Without
   * it each message has the usual size, `dimension` numbers. With it, all workers' messages are made, also those of Byzantine ones
   * that send something else of that size.
   */
  bits?(worker: number): number;
  /** What `bits` says of every message, where that is known before any is made: it isn't asked then. */
  readonly everyBits?: number | undefined;
}

/** Claims the workers' memory for `shape.workers` vectors of `shape.dimension` numbers. */
export type EstimatorRule = (shape: MethodShape, samples: Samples) => Estimator;

/** The server's side of a method. */
export interface Update {
  readonly state: PlainState;
  /**
   * Where one number is written that is the learning rate from the next step on, in place of the method's own; NaN: its own.
   * Part of `state`. Not there where the method has no learning rate that can be set.
   */
  readonly lr?: Float64Array | undefined;
  /** Moves `params`, the model that workers are sent, by the aggregate of step `t` = 1, 2, …. */
  step(t: number, aggregate: ReadonlyVector, params: Vector): void;
}

/** Claims the server's memory; `start` is the model x_1. */
export type UpdateRule = (start: ReadonlyVector, precision: Precision, kernels?: Kernels) => Update;

/** An optimisation method: the worker's estimator paired with the server's update. */
export interface Method {
  readonly estimator: EstimatorRule;
  readonly update: UpdateRule;
  /**
   * α, where each message is (1 − α) of the worker's last one and α of a new gradient, the first but for that; 1 where it is the
   * gradient itself. Not there for other methods.
   */
  readonly newest?: number | undefined;
  /**
   * Whether the estimator compresses by itself, with its shape's `compression`, and says so in `bits`; else each of its messages
   * is compressed whole.
   */
  readonly compresses?: true | undefined;
}
