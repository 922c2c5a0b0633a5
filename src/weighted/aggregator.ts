import type { Kernels } from '../kernels/kernels.js';
import type { VectorShape, WeightedVectors } from '../kernels/vector-kernels.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';

export type { WeightedVectors };

/** A stream of independent uniform draws. */
export interface Draws {
  /** The next draw from [0, 1). */
  next(): number;
}

/** The largest input that an aggregator will be given. */
export interface Shape extends VectorShape {
  /** Streams of draws from [0, 1) by their name, for rules that draw; the same name gives the same stream from its beginning. */
  readonly random?: ((name: string) => Draws) | undefined;
  /** The run's memory and loops; plain ones unless given. */
  readonly kernels?: Kernels | undefined;
  /**
   * For a rule that begins at its previous result: where it is to begin in place of that, as it is at each call. So a copy of a rule
   * tries inputs on what another one, which has this result, remembers.
   */
  readonly beginning?: ReadonlyVector | undefined;
  /**
   * For a rule that goes by how far the model moves: whoever calls it has the model followed, and is given what tells
   * ‖x^k − x^{k−1}‖, the length of the server's last step as it is at each call; undefined before the first step. Nothing is
   * followed that nobody asks for; outside of a run it isn't there.
   */
  readonly followModel?: (() => () => number | undefined) | undefined;
}

/** Writes the aggregate of `input` to `out`; allocates nothing; `out` aliases no input. `input.count` is in [1, shape.count]. */
export type Aggregator = (input: WeightedVectors, out: Vector) => void;

/** Weighted vectors of which a rule looks at nothing but how far they are apart. `count` is at least 1. */
export interface PairwiseDistances {
  readonly count: number;
  readonly weights: ReadonlyVector;
  /** ‖x_i − x_j‖² at i·count + j. */
  readonly squared: Float64Array;
  /** ‖x_i‖². */
  readonly squaredNorms: Float64Array;
  /** ⟨x_i − x_c, x_j − x_c⟩ for c = `centre`, from the vectors themselves where they are at hand. O(d). */
  product(i: number, j: number, centre: number): number;
}

/** Writes coefficients a with Σa_i = 1: the aggregate is Σa_i·x_i. Allocates nothing. */
export type AffineAggregator = (input: PairwiseDistances, coefficients: Float64Array) => void;

/** Claims scratch memory once, for up to `count` vectors. */
export type AffineRule = (count: number) => AffineAggregator;

/** Claims scratch memory once. */
export interface AggregatorRule {
  (shape: Shape): Aggregator;
  /** The same rule where it is a combination of the vectors that follows from their distances: in the m x m domain. */
  readonly affine?: AffineRule | undefined;
  /** How many rules keep tables of all pairs of vectors in it, each over the next, for inputs up to a shape; none unless given. */
  readonly pairwise?: ((shape: VectorShape) => number) | undefined;
  /** Whether it needs `input.deviation`, which only some methods tell. */
  readonly followsDeviation?: boolean | undefined;
  /**
   * Of a rule that hands vectors of its own on: the same rule, which claims none but writes over those that it is given, to the
   * same result. They are `Vector`s in the memory of `shape.kernels`, and whoever needs them afterwards calls `input.restore`.
   */
  readonly inPlace?: ((shape: Shape) => Aggregator) | undefined;
}

/** Turns a rule into another: trimming, mixing, bucketing, clipping. */
export type AggregatorOperator = (base: AggregatorRule) => AggregatorRule;
