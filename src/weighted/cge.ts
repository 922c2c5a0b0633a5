import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { finiteVectors } from './finite-vectors.js';
import { keptShares } from './kept-shares.js';
import type { RobustnessConstant } from './robustness-constant.js';
import {
  requireCount,
  requireTolerance,
  requiring,
  toleranceFields,
  weightWithstood,
  type Tolerance,
} from './tolerance.js';
import { totalWeight } from './total-weight.js';

const check = (options: Tolerance, count: number): void => requireCount('cge', options, 1, count);

/**
 * Comparative gradient elimination: the mean of the n − f shortest vectors; with λ in place of f, of the shortest share 1−λ of
 * the weight. The vectors at the boundary length share what is left, so that their order doesn't matter. The result is no
 * longer than the longest honest vector, and that is all that it promises for given vectors: short ones are never left out,
 * so it has no c_λ. Of fewer than 2f + 1, where workers haven't arrived yet, the shortest majority is averaged. Vectors that
 * aren't finite are left out with their weight; with none left the result is NaN.
 * Gupta, Liu & Vaidya 2020. O(d·m + m·log m).
 * Throws a RangeError for a tolerance that isn't one, for shapes of fewer than 2f + 1 vectors, and, with f, for unequal weights.
 */
export const cge = (options: Tolerance): AggregatorRule => {
  requireTolerance('cge', options);
  const withstood = weightWithstood('cge', options);
  const rule: AggregatorRule = (shape) => {
    const { combine } = (shape.kernels ?? plainKernels()).vectors;
    const selectFinite = finiteVectors(shape);
    const keep = keptShares(shape.count);
    const shares = new Float64Array(shape.count);
    return (input, out) => {
      const { count, dimension, vectors, weights, squaredNorms } = selectFinite(input);
      if (count === 0) {
        out.fill(NaN);
        return;
      }
      keep(squaredNorms, weights, count, totalWeight(weights, count) - withstood(weights, count), shares);
      combine(vectors, shares, count, dimension, out);
    };
  };
  return requiring(rule, (count) => check(options, count));
};

const constants: readonly RobustnessConstant[] = [];

export const cgePart = definePart({
  summary: 'Comparative gradient elimination: the mean of the shortest vectors.',
  source:
    'Gupta, Liu & Vaidya, "Byzantine Fault-Tolerant Distributed Machine Learning Using Norm-Based Comparative Gradient Elimination", 2020.',
  precondition:
    'n >= 2f + 1, or Byzantine workers hold at most the share lambda < 1/2 of the weight; honest costs with a common minimum.',
  aliases: ['comparative-gradient-elimination'],
  complexity: 'O(d·m + m·log m)',
  constants,
  noConstant:
    'Short liars are kept, however far from honest vectors that are long; the result is no longer than the longest honest vector.',
  weights: 'equal with f' as const,
  check,
  parameters: z.strictObject(toleranceFields),
  create: cge,
});
