import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { definePart } from '../registry/part.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { AggregatorOperator, AggregatorRule } from './aggregator.js';
import { keepingTables } from './keeping-tables.js';
import { finiteVectors } from './finite-vectors.js';
import type { RobustnessConstant } from './robustness-constant.js';

/** The options of `clipping`. */
export interface ClippingOptions {
  /** The length that vectors are shortened to, in the units of the vectors; above 0. */
  readonly radius: number;
}

/**
 * Static clipping: the base rule is given vectors that are no longer than `radius`, the longer ones shortened to it. It bounds
 * what a rule without a guarantee can be led to, but moves honest vectors too, so it has no c_λ. Vectors that aren't finite
 * are left out with their weight; with none left the result is NaN. O(d·m) besides the base rule.
 * Throws a RangeError for a radius that isn't above 0.
 */
export const clipping = ({ radius }: ClippingOptions): AggregatorOperator => {
  if (!(radius > 0 && radius < Infinity))
    throw new RangeError(`clipping.radius: it is finite and above 0, got ${radius}`);
  return (base) => keepingTables(clipped(radius, base), base.pairwise);
};

const clipped =
  (radius: number, base: AggregatorRule): AggregatorRule =>
  (shape) => {
    const { kernels = plainKernels(), precision = 'float64', count: most, dimension: longest } = shape;
    const selectFinite = finiteVectors(shape);
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
      const { count, dimension, vectors, weights, squaredNorms } = selectFinite(given);
      if (count === 0) {
        out.fill(NaN);
        return;
      }
      for (let i = 0; i < count; i++) {
        one[0] = vectors[i]!;
        scale[0] = Math.min(1, radius / Math.sqrt(squaredNorms[i]!));
        kernels.vectors.combine(one, scale, 1, dimension, shortened[i]!);
      }
      input.count = count;
      input.dimension = dimension;
      input.weights = weights;
      input.trusted = given.trusted;
      aggregate(input, out);
    };
  };

const constants: readonly RobustnessConstant[] = [];

export const clippingPart = definePart({
  summary: 'Static clipping: the base rule is given vectors that are shortened to a radius.',
  source:
    'Allouah et al., "Adaptive Gradient Clipping for Robust Federated Learning", 2024, where it is compared with.',
  precondition: 'That of the base rule, and a radius of the size of the honest vectors.',
  aliases: ['static-clipping'],
  complexity: 'O(d·m) besides the base rule',
  constants,
  parameters: z.strictObject({
    radius: z.number().positive().describe('The length that vectors are shortened to, in their units; above 0.'),
  }),
  create: clipping,
});
