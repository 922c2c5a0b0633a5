import type { PairwiseDistances } from './aggregator.js';
import { firstLeast } from './first-least.js';
import { keptShares } from './kept-shares.js';
import { neighborOrder } from './neighbor-order.js';

/** Begins with all vectors of an input; then each call of `next` writes the coefficients of the next average. */
export interface BulyanAverages {
  begin(input: PairwiseDistances, f: number): void;
  next(coefficients: Float64Array): void;
}

/**
 * The averages of AggregaThor's Bulyan: in round k, from 0, the mean of the m − k vectors with the best Krum scores,
 * m = n − f − 2; then the best one is taken away, and from the others' scores what it has added to them. The vectors with
 * equal scores at the boundary share what is left. Claims scratch memory for up to `most` vectors. O(m²) a round.
 */
export const bulyanAverages = (most: number): BulyanAverages => {
  const orderOf = neighborOrder(most);
  const keep = keptShares(most);
  const gone = new Uint8Array(most);
  const ones = new Float64Array(most).fill(1);
  const scores = new Float64Array(most);
  let order = { others: new Int32Array(0), squared: new Float64Array(0) } as ReturnType<typeof orderOf>;
  let count = 0;
  let neighbors = 0;
  let averaged = 0;
  return {
    begin(input, f) {
      order = orderOf(input);
      gone.fill(0);
      count = input.count;
      averaged = Math.max(1, count - f - 2);
      neighbors = Math.max(Math.min(1, count - 1), count - f - 2);
    },
    next(coefficients) {
      for (let i = 0; i < count; i++) {
        // What is left of a score is summed anew: a difference would keep rounding errors of the largest distance.
        let sum = 0;
        const first = i * (count - 1);
        for (let r = first; r < first + neighbors; r++) if (gone[order.others[r]!] === 0) sum += order.squared[r]!;
        scores[i] = gone[i] === 1 ? Infinity : sum;
      }
      keep(scores, ones, count, averaged, coefficients);
      gone[firstLeast(scores, count)] = 1;
      averaged = Math.max(1, averaged - 1);
    },
  };
};
