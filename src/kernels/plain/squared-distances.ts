import type { ReadonlyVector } from '../vector.js';
import { squaredDistance } from './squared-distance.js';

/** Writes ‖x_i − x_j‖² to out[i·count + j] for all pairs of the first `count` vectors. O(d·m²/2). */
export const squaredDistances = (
  vectors: readonly ReadonlyVector[],
  count: number,
  dimension: number,
  out: Float64Array,
): void => {
  for (let i = 0; i < count; i++) {
    out[i * count + i] = 0;
    for (let j = i + 1; j < count; j++) {
      const squared = squaredDistance(vectors[i]!, vectors[j]!, dimension);
      out[i * count + j] = squared;
      out[j * count + i] = squared;
    }
  }
};
