import type { PairwiseDistances } from './aggregator.js';

/** Squared distances further apart than this factor leave too few digits for inner products by the law of cosines. */
const WIDE = 1e6;

/**
 * Writes the inner products ⟨x_i − x_c, x_j − x_c⟩ to out[i·count + j], from the squared distances of all pairs; anew from
 * the vectors when their distances from x_c are so different that the difference of squares would be inexact.
 * O(m²), seldom O(d·m²/2).
 */
export const centredProducts = (input: PairwiseDistances, centre: number, out: Float64Array): void => {
  const { count, squared } = input;
  const exact = isWide(squared, centre, count);
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      const product = exact
        ? input.product(i, j, centre)
        : 0.5 * (squared[centre * count + i]! + squared[centre * count + j]! - squared[i * count + j]!);
      out[i * count + j] = product;
      out[j * count + i] = product;
    }
  }
};

const isWide = (squared: Float64Array, centre: number, count: number): boolean => {
  let nearest = Infinity;
  let farthest = 0;
  for (let i = 0; i < count; i++) {
    const distance = squared[centre * count + i]!;
    if (distance > 0) nearest = Math.min(nearest, distance);
    farthest = Math.max(farthest, distance);
  }
  return farthest > WIDE * nearest;
};
