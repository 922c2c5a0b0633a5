import type { AffineRule, AggregatorRule } from './aggregator.js';
import { fromAffine } from './from-affine.js';
import type { SetSearch } from './set-search.js';
import { loweredTo, requireEqualWeights } from './tolerance.js';

/**
 * The mean of the n − f vectors that a search finds, which claims scratch memory for up to `most`; of a majority of the
 * vectors where fewer than 2f + 1 have arrived. Throws a RangeError for unequal weights.
 */
export const meanOfSet = (name: string, f: number, searchOf: (most: number) => SetSearch): AggregatorRule => {
  const affine: AffineRule = (most) => {
    const search = searchOf(most);
    const kept = new Uint8Array(most);
    return ({ count, squared, weights }, coefficients) => {
      requireEqualWeights(name, weights, count);
      const least = loweredTo(f, count, 1);
      search(squared, count, least, kept);
      for (let i = 0; i < count; i++) coefficients[i] = kept[i]! / (count - least);
    };
  };
  return fromAffine(affine, true);
};
