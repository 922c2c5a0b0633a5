import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { LONGEST_SQUARED } from './finite-vectors.js';
import { keptShares } from './kept-shares.js';
import { measuredVectors } from './measured-vectors.js';
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

/** The options of `monna`. */
export interface MonnaOptions extends Tolerance {
  /** The worker, numbered from 1, whose vector a run gives the rule as the trusted one. Default 1. */
  readonly trusted?: number | undefined;
}

const check = (options: MonnaOptions, count: number): void => {
  const { trusted = 1 } = options;
  requireCount('monna', options, 1, count);
  if (trusted > count) throw new RangeError(`monna.trusted: there are workers 1 to ${count}, got ${trusted}`);
};

/**
 * Nearest-neighbour averaging (MoNNA): the mean of the n − f vectors nearest to the trusted one, `input.trusted`, which is
 * itself the nearest where it is among them; with λ in place of f, of the nearest share 1−λ of the weight. The vectors at the
 * boundary distance share what is left, so that their order doesn't matter. As published each worker trusts its own vector;
 * a run's server trusts that of worker `trusted`. Until there is a trusted vector, and where it isn't finite or is longer than
 * 1e75, the result is 0. Of fewer than 2f + 1, where workers haven't arrived yet, the nearest majority is averaged. Vectors
 * that aren't finite are left out with their weight. Farhadkhani et al. 2023. O(d·m + m·log m).
 * Throws a RangeError for a tolerance or a worker that isn't one, for shapes of fewer than 2f + 1 vectors or without the
 * worker, and, with f, for unequal weights.
 */
export const monna = (options: MonnaOptions): AggregatorRule => {
  const { trusted = 1 } = options;
  requireTolerance('monna', options);
  if (!(Number.isInteger(trusted) && trusted >= 1))
    throw new RangeError(`monna.trusted: workers are numbered from 1, got ${trusted}`);
  const withstood = weightWithstood('monna', options);
  const rule: AggregatorRule = (shape) => {
    const { combine, distancesToAll, squaredNorm } = (shape.kernels ?? plainKernels()).vectors;
    const keep = keptShares(shape.count);
    const squared = new Float64Array(shape.count);
    const shares = new Float64Array(shape.count);
    const measure = measuredVectors(shape, {
      distances: (input, to) => distancesToAll(input.vectors, input.count, input.trusted!, input.dimension, to),
      point: (input) => input.trusted!,
    });
    const isThere = (pivot: ReadonlyVector | undefined, dimension: number): boolean =>
      pivot !== undefined && squaredNorm(pivot, dimension) < LONGEST_SQUARED;
    return (input, out) => {
      out.fill(0);
      if (!isThere(input.trusted, input.dimension)) return;
      const { count, dimension, vectors, weights } = measure(input, squared);
      if (count === 0) return;
      keep(squared, weights, count, totalWeight(weights, count) - withstood(weights, count), shares);
      combine(vectors, shares, count, dimension, out);
    };
  };
  return requiring(rule, (count) => check(options, count));
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'diameter',
    value: (lambda) => (2 * lambda) / (1 - lambda),
    formula: '2λ/(1−λ)',
    status: 'proved',
    source:
      'If the trusted vector is honest, whatever is kept is within the honest diameter of it; at most the share λ/(1−λ) differs from the honest vectors, by two diameters at most.',
  },
];

export const monnaPart = definePart({
  summary: 'Nearest-neighbour averaging: the mean of the vectors nearest to that of a trusted worker.',
  source: 'Farhadkhani et al., "Robust Collaborative Learning with Linear Gradient Overhead", ICML 2023.',
  precondition:
    'The trusted worker is honest; n >= 2f + 1, or Byzantine workers hold at most the share lambda < 1/2 of the weight.',
  aliases: ['nearest-neighbor-averaging', 'nearest-neighbour-averaging'],
  complexity: 'O(d·m + m·log m)',
  constants,
  weights: 'equal with f' as const,
  check,
  parameters: z.strictObject({
    ...toleranceFields,
    trusted: z.int().min(1).default(1).describe('The worker whose vector is trusted; from 1 to the number of workers.'),
  }),
  create: monna,
});
