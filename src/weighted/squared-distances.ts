import { squaredDistance } from '../kernels/plain/squared-distance.js';
import type { WeightedVectors } from './aggregator.js';

/** Writes ‖x_i − x_j‖² to out[i·count + j] for all pairs of the input's vectors. O(d·m²/2). */
export const squaredDistances = ({ count, dimension, vectors }: WeightedVectors, out: Float64Array): void => {
  for (let i = 0; i < count; i++) {
    out[i * count + i] = 0;
    for (let j = i + 1; j < count; j++) {
      const squared = squaredDistance(vectors[i]!, vectors[j]!, dimension);
      out[i * count + j] = squared;
      out[j * count + i] = squared;
    }
  }
};
