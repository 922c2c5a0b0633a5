import type { ReadonlyVector, Vector } from '../vector.js';
import { addScaledFrom } from './linear-combination.js';

/** Coordinates summed at a time: those of all vectors stay in the second cache while every combination reads them. */
const BLOCK = 512;

/** Claims a block of scratch memory for mixing vectors of any shape: see `VectorKernels.mix`. O(d·m²). */
export const mixing = () => {
  const sums = new Float64Array(BLOCK);
  return (
    vectors: readonly ReadonlyVector[],
    count: number,
    coefficients: Float64Array,
    dimension: number,
    out: readonly Vector[],
  ): void => {
    for (let start = 0; start < dimension; start += BLOCK) {
      const length = Math.min(BLOCK, dimension - start);
      for (let i = 0; i < count; i++) {
        sums.fill(0);
        for (let j = 0; j < count; j++) {
          const coefficient = coefficients[i * count + j]!;
          if (coefficient !== 0) addScaledFrom(vectors[j]!, coefficient, start, length, sums);
        }
        const row = out[i]!;
        for (let k = 0; k < length; k++) row[start + k] = sums[k]!;
      }
    }
  };
};
