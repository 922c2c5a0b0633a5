import type { Kernels } from '../kernels/kernels.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';

/** `count` vectors of length `dimension`, the i-th with weight `weights[i]` > 0. Entries past `count` are not looked at. */
export interface WeightedVectors {
  readonly count: number;
  readonly dimension: number;
  readonly vectors: readonly ReadonlyVector[];
  readonly weights: ReadonlyVector;
  /**
   * A number for each vector that grows whenever the vector changes, its place kept: what follows from the others need not
   * be computed anew. Without it, all may have changed from one call to the next.
   */
  readonly changes?: ReadonlyVector | undefined;
}

/** The largest input that an aggregator will be given. */
export interface Shape {
  readonly count: number;
  readonly dimension: number;
  /** The run's memory and loops; plain ones unless given. */
  readonly kernels?: Kernels | undefined;
}

/** Writes the aggregate of `input` to `out`; allocates nothing; `out` aliases no input. `input.count` is in [1, shape.count]. */
export type Aggregator = (input: WeightedVectors, out: Vector) => void;

/** Claims scratch memory for inputs up to `shape` once. */
export type AggregatorRule = (shape: Shape) => Aggregator;

/** Makes a rule out of a rule: trimming, mixing, bucketing, clipping. */
export type AggregatorOperator = (base: AggregatorRule) => AggregatorRule;
