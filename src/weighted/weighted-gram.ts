import type { ReadonlyVector } from '../kernels/vector.js';

/**
 * Writes √(s_i·s_j)·⟨x_i − μ, x_j − μ⟩ / Σs_k to gram[i·n + j], μ the weighted mean of those of `count` vectors that `members`
 * names, the i-th member at i: with the nonzero eigenvalues of their weighted covariance; λ·v_i²·Σs_k/s_i is ⟨x_i − μ, e⟩² for
 * the unit eigenvector e of the covariance that belongs to v. By the law of cosines from the squared distances, about the
 * mean; others' distances don't matter. All weights are above 0. `means` is scratch. O(n²).
 */
export const weightedGram = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  members: Int32Array,
  n: number,
  means: Float64Array,
  gram: Float64Array,
): void => {
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[members[i]!]!;
  let mean = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += weights[members[j]!]! * squared[members[i]! * count + members[j]!]!;
    means[i] = sum / total;
    mean += (weights[members[i]!]! / total) * means[i]!;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = 0.5 * (means[i]! + means[j]! - mean - squared[members[i]! * count + members[j]!]!);
      const weighted = (Math.sqrt(weights[members[i]!]! * weights[members[j]!]!) / total) * product;
      gram[i * n + j] = weighted;
      gram[j * n + i] = weighted;
    }
  }
};
