import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorOperator } from './aggregator.js';
import { boundaryDistance } from './kept-shares.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { shortening, type Radius } from './shortening.js';
import {
  requireCount,
  requireTolerance,
  requiring,
  toleranceFields,
  weightWithstood,
  type Tolerance,
} from './tolerance.js';
import { totalWeight } from './total-weight.js';

const check = (options: Tolerance, count: number): void => requireCount('arc', options, 1, count);

/**
 * Adaptive robust clipping: the base rule is given vectors of which the longest are shortened to the length of the longest
 * that isn't: with f of n vectors of one weight the ⌊2·(f/n)·(n − f)⌋ longest, with λ those beyond the least length within
 * which the weight (1 − 2λ·(1−λ))·Σs_i lies, which for equal weights are the same. So no vector is longer than the longest honest
 * one, whatever the base rule. The inputs are left alone. Of fewer than 2f + 1 vectors, where workers haven't arrived yet, as many
 * are withstood as they allow. Vectors that aren't finite are left out with their weight; with none left the result is NaN.
 * Allouah et al. 2025, algorithm 2. O(d·m + m·log m) besides the base rule.
 * Throws a RangeError for a tolerance that isn't one, for shapes of fewer than 2f + 1 vectors, and, with f, for unequal weights.
 */
export const arc = (options: Tolerance): AggregatorOperator => {
  requireTolerance('arc', options);
  return (base) => requiring(shortening(base, adaptiveRadius(options)), (count) => check(options, count));
};

const adaptiveRadius =
  (options: Tolerance) =>
  (most: number): Radius => {
    const withstood = weightWithstood('arc', options);
    const ascending = new Float64Array(most);
    return ({ count, weights, squaredNorms }) => {
      const whole = totalWeight(weights, count);
      const lies = withstood(weights, count);
      const kept = whole - 2 * (lies / whole) * (whole - lies);
      return Math.sqrt(boundaryDistance(squaredNorms, weights, count, kept, ascending));
    };
  };

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda, base) => base + (2 * lambda) / (1 - 2 * lambda),
    formula: 'c + 2λ/(1−2λ)',
    status: 'proved',
    source:
      'Shortening to a ball splits the honest variance into that of what is left and at least that of what is cut off, which is 0 for the share 1−2λ; conditioning bounds its mean. Since no rule has c below λ/(1−2λ), at most 3c.',
  },
];

export const arcPart = definePart({
  summary: 'Adaptive robust clipping: the base rule is given vectors of which the longest are shortened to the next.',
  source: 'Allouah et al., "Adaptive Gradient Clipping for Robust Federated Learning", ICLR 2025, algorithm 2.',
  precondition: 'n >= 2f + 1, or Byzantine workers hold at most the share lambda < 1/2 of the weight.',
  aliases: ['adaptive-robust-clipping'],
  complexity: 'O(d·m + m·log m) besides the base rule',
  constants,
  weights: 'equal with f' as const,
  check,
  parameters: z.strictObject(toleranceFields),
  create: arc,
});
