import type { PairwiseDistances } from './aggregator.js';

/**
 * Writes ‖z − x_i‖² for z = Σa_j·x_j, Σa_j = 1: Σ_j a_j·D_ij − ½·Σ_jk a_j·a_k·D_jk with D the squared distances. O(m²).
 * Exact but for the rounding of a_j·D_ij: relative to the largest of these, not to the result. A vector that lies 1e6 times
 * farther away than the others does no harm where its coefficient is as small as its distance is large, as in a geometric
 * median; where it is large, z itself is far away.
 */
export const distancesToCombination = (
  { count, squared }: PairwiseDistances,
  a: Float64Array,
  out: Float64Array,
): void => {
  let spread = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += a[j]! * squared[i * count + j]!;
    out[i] = sum;
    spread += a[i]! * sum;
  }
  for (let i = 0; i < count; i++) out[i] = Math.max(0, out[i]! - spread / 2);
};
