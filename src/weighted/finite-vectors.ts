import type { Shape, WeightedVectors } from './aggregator.js';
import { squaredNorm } from '../kernels/plain/norm.js';
import type { ReadonlyVector } from '../kernels/vector.js';

/** Longer vectors would overflow when distances to them are squared and multiplied. */
const LONGEST_SQUARED = 1e150;

/**
 * Leaves out, with their weight, the vectors that have a NaN or infinite coordinate or are longer than 1e75.
 * Whatever weight goes that way is not the honest workers', so the Byzantine share of the rest is no larger than before.
 * The answer is lent until the next call; its `count` is 0 when nothing finite is there.
 */
export const finiteVectors = ({ count }: Shape): ((input: WeightedVectors) => WeightedVectors) => {
  const vectors: ReadonlyVector[] = [];
  const weights = new Float64Array(count);
  const finite = { count: 0, dimension: 0, vectors, weights };
  return (input) => {
    let kept = 0;
    for (let i = 0; i < input.count; i++) {
      const vector = input.vectors[i]!;
      if (!(squaredNorm(vector, input.dimension) < LONGEST_SQUARED)) continue;
      vectors[kept] = vector;
      weights[kept] = input.weights[i]!;
      kept++;
    }
    finite.count = kept;
    finite.dimension = input.dimension;
    return finite;
  };
};
