import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { normalDraw } from './normal-draw.js';

const knowledge: Knowledge = 'own';

/** The options of `gaussian`. */
export interface GaussianOptions {
  /** Each coordinate's mean. Default 0. */
  readonly mean?: number;
  /** Each coordinate's standard deviation, at least 0. Default 1. */
  readonly deviation?: number;
  /** Whether the draws are added to the worker's own vector; in its place unless told. */
  readonly add?: boolean;
}

/**
 * Random noise: each coordinate is drawn from N(mean, deviation²), in place of the worker's vector or added to it. Blanchard et
 * al., NeurIPS 2017, with a deviation of 200; ByzFL's is N(0, 1); added: RD with 0.2. One draw a coordinate. O(d).
 */
export const gaussian = ({ mean = 0, deviation = 1, add = false }: GaussianOptions = {}): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: add,
  attack:
    ({ dimension }) =>
    ({ random }, out) => {
      if (!add) out.fill(0);
      for (let k = 0; k < dimension; k++) out[k]! += mean + deviation * normalDraw(random);
    },
});

export const gaussianPart = definePart({
  summary: 'Gaussian noise in place of the vector, or added to it.',
  source:
    'Blanchard et al., "Machine Learning with Adversaries", NeurIPS 2017, section 5: deviation 200; standard normal in ByzFL.',
  aliases: ['random', 'noise', 'rd'],
  knowledge,
  formula: 'N(mean, deviation²) in each coordinate, or v + that',
  parameters: z.strictObject({
    mean: z.number().default(0).describe('Mean of each coordinate, in the units of the vectors.'),
    deviation: z
      .number()
      .nonnegative()
      .default(1)
      .describe('Standard deviation of each coordinate, in the units of the vectors; at least 0.'),
    add: z.boolean().default(false).describe('Whether to add the draws to the worker’s own vector.'),
  }),
  create: gaussian,
});
