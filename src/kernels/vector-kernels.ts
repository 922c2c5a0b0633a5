import type { LinearCombination } from './plain/linear-combination.js';
import type { ReadonlyVector, Vector } from './vector.js';

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
  /** Writes ‖x − vectors[j]‖² to out[j] for the first `count` vectors. O(d·m). */
  readonly distancesToAll: (
    vectors: readonly ReadonlyVector[],
    count: number,
    x: ReadonlyVector,
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
  /** ⟨x − centre, y − centre⟩, subtracted and summed in float64. O(d). */
  readonly differenceProduct: (
    x: ReadonlyVector,
    y: ReadonlyVector,
    centre: ReadonlyVector,
    dimension: number,
  ) => number;
  /** Σ_i coefficients[i]·vectors[i]; vectors with coefficient 0 aren't looked at. O(d·m). */
  readonly combine: LinearCombination;
}
