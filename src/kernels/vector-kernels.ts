import type { LinearCombination } from './plain/linear-combination.js';
import type { Precision, ReadonlyVector, Vector } from './vector.js';

/** The most vectors, and their length. */
export interface VectorShape {
  readonly count: number;
  readonly dimension: number;
  /** That of the vectors; float64 unless given. */
  readonly precision?: Precision | undefined;
}

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
  /** What each vector was before it last changed, as far as that can still be read. */
  readonly previous?: readonly (ReadonlyVector | undefined)[] | undefined;
  /**
   * How often any vector, its weight or its place has changed so far, and the place of the one that did last: what follows a
   * change at a time needn't look for it. Without it, `changes` may tell.
   */
  readonly version?: number | undefined;
  readonly latest?: number | undefined;
  /** The vector that the server trusts, if there is one by now: for rules that measure the others by it. */
  readonly trusted?: ReadonlyVector | undefined;
  /** How far honest vectors are from the true one at most, where somebody can tell: for rules that measure by it. */
  readonly deviation?: number | undefined;
  /** Writes the vectors anew, to the same bits, where a rule that works in place has written over them; else not there. */
  readonly restore?: (() => void) | undefined;
}

/**
 * Claims scratch memory for one rule's inputs, among which it may remember from call to call what the unchanged vectors
 * need not be sorted again for; the result is the same without memory.
 * In each coordinate of `out`: the least value with more than half of the weight at or below it; at exactly half, the
 * midpoint 0.5·a + 0.5·b to the next value. Weights within 1e-12 of the total of half are exactly half. NaN counts as +∞.
 */
export type WeightedMedian = (shape: VectorShape) => (input: WeightedVectors, out: Vector) => void;

/**
 * A mean of some of the weight, coordinate by coordinate: of the first `count` vectors, the i-th with the weight
 * `weights[i]` > 0. `weight` is in the units of `weights`. `out` aliases no input.
 * Values are put in ascending order, NaN counting as +∞; a value of which no more than 1e-12 of the total weight is to be
 * counted isn't looked at, so that infinite values among those left out do no harm. Sums are taken in float64 (in the SIMD
 * form also in the vectors' precision) and divided by the weight counted.
 */
export type ColumnMean = (
  vectors: readonly ReadonlyVector[],
  weights: ReadonlyVector,
  count: number,
  dimension: number,
  weight: number,
  out: Vector,
) => void;

/**
 * Arithmetic on long vectors. Vectors of one call have one length, that of the first, and one precision. Sums that become
 * a number are taken in float64; results that are vectors are rounded to their own precision, in the SIMD form after each
 * operation. Sums run in a fixed order, another one in each form.
 */
export interface VectorKernels {
  /** out += scale·x. O(d). */
  readonly addScaled: (out: Vector, scale: number, x: ReadonlyVector) => void;
  /** out = x + scale·y; `out` may be `x` or `y`. O(d). */
  readonly sumScaled: (out: Vector, x: ReadonlyVector, scale: number, y: ReadonlyVector) => void;
  /** point += share·(target − point): leaves alone what is there already. O(d). */
  readonly moveTowards: (point: Vector, target: ReadonlyVector, share: number) => void;
  /** ‖x‖² over the first `count` coordinates, all unless told. O(d). */
  readonly squaredNorm: (x: ReadonlyVector, count?: number) => number;
  /** ‖x − y‖² over `dimension` coordinates, subtracted and summed in float64. O(d). */
  readonly squaredDistance: (x: ReadonlyVector, y: ReadonlyVector, dimension: number) => number;
  /** Writes ‖x − vectors[j]‖² to out[j] for the first `count` vectors; 0 for x itself, which isn't looked at. O(d·m). */
  readonly distancesToAll: (
    vectors: readonly ReadonlyVector[],
    count: number,
    x: ReadonlyVector,
    dimension: number,
    out: Float64Array,
  ) => void;
  /** The same where a relative error of 3e-6 does no harm, as in steps that are few: in the SIMD form in half of the time. */
  readonly roughDistancesToAll: VectorKernels['distancesToAll'];
  /** Writes ‖vectors[j]‖² to out[j], as rough as that, finite exactly if the distance from 0 is. O(d·m). */
  readonly roughSquaredNorms: (
    vectors: readonly ReadonlyVector[],
    count: number,
    dimension: number,
    out: Float64Array,
  ) => void;
  /** Writes ‖vectors[i] − vectors[j]‖² to out[i·count + j] for all pairs of the first `count` vectors. O(d·m²/2). */
  readonly squaredDistances: (
    vectors: readonly ReadonlyVector[],
    count: number,
    dimension: number,
    out: Float64Array,
  ) => void;
  /** The same to compare distances with: in the SIMD form each has a relative error below 3e-4, most often 1e-6, in half of the time. */
  readonly roughDistances: (
    vectors: readonly ReadonlyVector[],
    count: number,
    dimension: number,
    out: Float64Array,
  ) => void;
  /** ⟨x − centre, y − centre⟩, subtracted and summed in float64. O(d). */
  readonly differenceProduct: (
    x: ReadonlyVector,
    y: ReadonlyVector,
    centre: ReadonlyVector,
    dimension: number,
  ) => number;
  /** Σ_i coefficients[i]·vectors[i]; vectors with coefficient 0 aren't looked at. `out` may be the first vector, no other. O(d·m). */
  readonly combine: LinearCombination;
  /**
   * `combine` to `out`, then `roughDistancesToAll` from there to `squared`, in the SIMD form in one pass over the vectors.
   * `squared` may be `coefficients`. O(d·m).
   */
  readonly combineAndMeasure: (
    vectors: readonly ReadonlyVector[],
    coefficients: ReadonlyVector,
    count: number,
    dimension: number,
    out: Vector,
    squared: Float64Array,
  ) => void;
  /**
   * Writes Σ_j coefficients[i·count + j]·vectors[j] to out[i] for each of the first `count` vectors; vectors with
   * coefficient 0 aren't looked at. `out` has `count` vectors or more; it may be `vectors`, and aliases them in no other way. O(d·m²).
   */
  readonly mix: (
    vectors: readonly ReadonlyVector[],
    count: number,
    coefficients: Float64Array,
    dimension: number,
    out: readonly Vector[],
  ) => void;
  /** The weighted median of each coordinate. O(d·m), expected. */
  readonly weightedMedian: WeightedMedian;
  /**
   * The mean of each coordinate's values after the weight `trimmedWeight` is taken from either end, from the values at the
   * boundaries in part. `trimmedWeight` is at least 0 and less than half of the total by 1e-9 of it or more. O(d·m·log m).
   */
  readonly trimmedMean: ColumnMean;
  /**
   * The mean of the weight `keptWeight` nearest to the weighted median of each coordinate, the value at the boundary counted
   * in part; of two that are equally far, the smaller goes first. `keptWeight` is above 0 and at most the total. O(d·m·log m).
   */
  readonly meanAroundMedian: ColumnMean;
  /**
   * The mean of all but the weight `trimmedWeight`, nearest to the trimmed mean of each coordinate, the value at the boundary
   * counted in part; of two that are equally far, to 1e-9, the smaller goes first. `trimmedWeight` as for `trimmedMean`.
   * O(d·m·log m).
   */
  readonly meanAroundTrimmedMean: ColumnMean;
}
