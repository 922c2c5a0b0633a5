import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { AggregatorRule } from './aggregator.js';
import { finiteVectors, type FiniteVectors } from './finite-vectors.js';
import { keepingTables } from './keeping-tables.js';

/** The length that vectors are shortened to, at least 0. */
export type Radius = (input: FiniteVectors) => number;

/**
 * The base rule, given the finite vectors, those that are longer than a radius shortened to it; the inputs are left alone.
 * `radiusOf` claims scratch memory for up to `most` vectors. With no vectors left the result is NaN.
 */
export const shortening = (base: AggregatorRule, radiusOf: (most: number) => Radius): AggregatorRule => {
  const rule: AggregatorRule = (shape) => {
    const { kernels = plainKernels(), precision = 'float64', count: most, dimension: longest } = shape;
    const selectFinite = finiteVectors(shape);
    const radiusFor = radiusOf(most);
    const aggregate = base(shape);
    const one: ReadonlyVector[] = [];
    const scale = new Float64Array(1);
    const shortened = kernels.memory.matrix(precision, most, longest);
    const input = {
      count: 0,
      dimension: 0,
      vectors: shortened,
      weights: scale as ReadonlyVector,
      trusted: undefined as ReadonlyVector | undefined,
    };
    return (given, out) => {
      const finite = selectFinite(given);
      const { count, dimension, vectors, weights, squaredNorms } = finite;
      if (count === 0) {
        out.fill(NaN);
        return;
      }
      const radius = radiusFor(finite);
      for (let i = 0; i < count; i++) {
        const length = Math.sqrt(squaredNorms[i]!);
        one[0] = vectors[i]!;
        scale[0] = length > radius ? radius / length : 1;
        kernels.vectors.combine(one, scale, 1, dimension, shortened[i]!);
      }
      input.count = count;
      input.dimension = dimension;
      input.weights = weights;
      input.trusted = given.trusted;
      aggregate(input, out);
    };
  };
  return keepingTables(rule, base.pairwise);
};
