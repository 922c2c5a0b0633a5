import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { fromAffine } from './from-affine.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { weberPoint } from './weber-point.js';

/** The options of `geometricMedian`. */
export interface GeometricMedianOptions {
  /** The result's smallest subgradient has at most this norm, relative to the total weight; in (0, 1). Default 1e-10. */
  readonly tolerance?: number;
  /** Steps of the iteration, at most; at least 1. Default 100. */
  readonly maxIterations?: number;
}

/**
 * Weighted geometric median: the point z with the least F(z) = Σs_i·‖z − x_i‖; of several, as far as rounding can tell, the
 * middle one, so that in one dimension this is the weighted median.
 * Some subgradient of F at z has norm ≤ tolerance·Σs_i (see `weberPoint`), unless rounding or `maxIterations` end the
 * iteration before; F(z) never exceeds F at the weighted mean or at any input vector by more than rounding.
 * Vectors that aren't finite are left out with their weight; with none left the result is NaN.
 * The unweighted rule is this one with unit weights. Dahan & Levy 2024. O(d·m²/2 + iterations·m³/6).
 */
export const geometricMedian = ({
  tolerance = 1e-10,
  maxIterations = 100,
}: GeometricMedianOptions = {}): AggregatorRule => fromAffine((count) => weberPoint(count, tolerance, maxIterations));

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda) => 1 / (1 - 2 * lambda),
    formula: '1/(1−2λ)',
    status: 'proved',
    source: 'First-order optimality and the Cauchy–Schwarz inequality, in every dimension; attained.',
  },
  {
    name: 'c_λ',
    value: (lambda) => ((1 - lambda) / (1 - 2 * lambda)) ** 2,
    formula: '(1 + λ/(1−2λ))²',
    status: 'published',
    source: 'Dahan & Levy 2024, lemma C.1: (1 + λ/(1−2λ))².',
  },
];

export const geometricMedianPart = definePart({
  summary: 'Weighted geometric median, to a certified accuracy.',
  source: 'Dahan & Levy, "Weight for Robustness", NeurIPS 2024, lemma C.1.',
  precondition: 'Byzantine workers hold less than half of the weight.',
  aliases: ['geometric-median', 'weighted-geometric-median', 'wgm'],
  complexity: 'O(d·m²/2 + iterations·m³/6)',
  constants,
  parameters: z.strictObject({
    tolerance: z
      .number()
      .positive()
      .lt(1)
      .default(1e-10)
      .describe('Largest norm of the first-order residual, relative to the total weight; in (0, 1).'),
    maxIterations: z.int().min(1).default(100).describe('Largest number of iterations; at least 1.'),
  }),
  create: geometricMedian,
});
