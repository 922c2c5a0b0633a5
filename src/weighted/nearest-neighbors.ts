import type { PairwiseDistances } from './aggregator.js';
import { keptShares } from './kept-shares.js';

/**
 * Writes mixing[i·count + j], the share of the j-th vector in the weight `kept` that is nearest to the i-th, itself included.
 * Claims scratch memory for up to `most` vectors. O(m²·log m).
 */
export const nearestNeighbors = (most: number) => {
  const keep = keptShares(most);
  const row = new Float64Array(most);
  const shares = new Float64Array(most);
  return ({ count, squared, weights }: PairwiseDistances, kept: number, mixing: Float64Array): void => {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) row[j] = squared[i * count + j]!;
      keep(row, weights, count, kept, shares);
      for (let j = 0; j < count; j++) mixing[i * count + j] = shares[j]!;
    }
  };
};
