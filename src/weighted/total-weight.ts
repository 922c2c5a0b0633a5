import type { ReadonlyVector } from '../kernels/vector.js';

/** The sum of the first `count` weights, in order. */
export const totalWeight = (weights: ReadonlyVector, count: number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i]!;
  return total;
};
