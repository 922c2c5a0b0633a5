import { totalWeight } from '../weighted/total-weight.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { WeightedVectors } from '../weighted/aggregator.js';

/**
 * Writes each coordinate's weighted standard deviation about `mean`: σ² = Σs_i·(x_i − μ)²/(Σs_i − ddof), 0 where nothing is
 * left of the divisor. Whole weights are the same as repeats. O(d·m).
 */
export const weightedDeviations = (
  { count, dimension, vectors, weights }: WeightedVectors,
  mean: ReadonlyVector,
  ddof: number,
  out: Float64Array,
): void => {
  const divisor = totalWeight(weights, count) - ddof;
  out.fill(0);
  if (!(divisor > 0)) return;
  for (let i = 0; i < count; i++) {
    const vector = vectors[i]!;
    const weight = weights[i]!;
    for (let k = 0; k < dimension; k++) {
      const difference = vector[k]! - mean[k]!;
      out[k]! += weight * difference * difference;
    }
  }
  for (let k = 0; k < dimension; k++) out[k] = Math.sqrt(out[k]! / divisor);
};
