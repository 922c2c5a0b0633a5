import type { ReadonlyVector } from '../kernels/vector.js';
import { keptShares } from './kept-shares.js';
import { topEigenspace } from './top-eigenspace.js';
import { weightedGram } from './weighted-gram.js';

/** Scores this small, relative to the greatest, are what rounding leaves of 0. */
const NOISE = 1e-20;

/**
 * Writes the part of each vector's weight, from 0 to 1, that belongs to the weight `kept` with the least outlier scores: squared
 * distances from the weighted mean in the direction in which the weighted covariance is greatest, or in all of them where
 * several are equally great. Vectors at the boundary share what is needed to make the weight exact, in equal proportion.
 */
export type OutlierShares = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  kept: number,
  parts: Float64Array,
) => void;

/** Claims scratch memory for up to `most` vectors. From the squared distances of all pairs. O(13·m³/3). */
export const outlierShares = (most: number): OutlierShares => {
  const everybody = Int32Array.from({ length: most }, (_, i) => i);
  const gram = new Float64Array(most * most);
  const means = new Float64Array(most);
  const scores = new Float64Array(most);
  const topOf = topEigenspace(most);
  const keep = keptShares(most);
  return (squared, weights, count, kept, parts) => {
    weightedGram(squared, weights, count, everybody, count, means, gram);
    const greatest = topOf(gram, count, scores);
    let farthest = 0;
    for (let i = 0; i < count; i++) {
      scores[i]! /= weights[i]!;
      farthest = Math.max(farthest, scores[i]!);
    }
    for (let i = 0; i < count; i++) if (greatest === 0 || scores[i]! < NOISE * farthest) scores[i] = 0;
    keep(scores, weights, count, kept, parts);
    for (let i = 0; i < count; i++) parts[i] = (parts[i]! * kept) / weights[i]!;
  };
};
