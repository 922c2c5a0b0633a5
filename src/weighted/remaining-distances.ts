import type { ReadonlyVector } from '../kernels/vector.js';
import type { PairwiseDistances } from './aggregator.js';

/** The distances between vectors that are taken away one by one. */
export interface RemainingDistances {
  /** Those between the vectors that are left. */
  readonly input: PairwiseDistances;
  /** Begins with all vectors of an input. O(m²). */
  begin(all: PairwiseDistances): void;
  /** Takes the vector at a place among those left away and tells its place among all. O(m²). */
  remove(place: number): number;
}

/** Claims memory for up to `most` vectors. */
export const remainingDistances = (most: number): RemainingDistances => {
  const squared = new Float64Array(most * most);
  const places = new Int32Array(most);
  const weights = new Float64Array(most);
  const norms = new Float64Array(most);
  let given: PairwiseDistances | undefined;
  const input = {
    count: 0,
    weights: weights as ReadonlyVector,
    squared,
    get squaredNorms(): Float64Array {
      for (let i = 0; i < input.count; i++) norms[i] = given!.squaredNorms[places[i]!]!;
      return norms;
    },
    product: (i: number, j: number, centre: number): number => given!.product(places[i]!, places[j]!, places[centre]!),
  };
  return {
    input,
    begin(all) {
      given = all;
      input.count = all.count;
      for (let i = 0; i < all.count; i++) {
        places[i] = i;
        weights[i] = all.weights[i]!;
      }
      for (let k = 0; k < all.count ** 2; k++) squared[k] = all.squared[k]!;
    },
    remove(place) {
      const removed = places[place]!;
      const { count } = input;
      let to = 0;
      for (let i = 0; i < count; i++) {
        if (i === place) continue;
        for (let j = 0; j < count; j++) if (j !== place) squared[to++] = squared[i * count + j]!;
      }
      input.count--;
      for (let i = place; i < input.count; i++) {
        places[i] = places[i + 1]!;
        weights[i] = weights[i + 1]!;
      }
      return removed;
    },
  };
};
