import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorOperator } from './aggregator.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { shortening } from './shortening.js';

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
  return (base) => shortening(base, () => () => radius);
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
  noConstant: 'Honest vectors longer than the radius are shortened, too.',
  parameters: z.strictObject({
    radius: z.number().positive().describe('The length that vectors are shortened to, in their units; above 0.'),
  }),
  create: clipping,
});
