import { z } from 'zod';
import { definePart } from '../../registry/part.js';
import { normalDraw } from '../normal-draw.js';
import type { ServerAttackRule } from './server-attack.js';

/** The options of `random-model`. */
export interface RandomModelOptions {
  /** Standard deviation of each coordinate, in the units of models; finite, >= 0. */
  readonly deviation: number;
}

/** Every reader, and every liar, is sent the same random model in a step: N(0, deviation²) in each coordinate. O(d) a reader, one draw a coordinate. */
export const randomModel = ({ deviation }: RandomModelOptions): ServerAttackRule => ({
  lie:
    ({ random }) =>
    ({ step }, out) => {
      const draws = random(`step ${step}`);
      for (let k = 0; k < out.length; k++) out[k] = deviation * normalDraw(draws);
    },
});

export const randomModelPart = definePart({
  summary: 'The same random model for all in a step, another in the next.',
  formula: 'N(0, deviation²) in each coordinate',
  source: 'Guerraoui et al., "Garfield: System Support for Byzantine Machine Learning", DSN 2021: random vectors',
  aliases: ['random', 'noise'],
  parameters: z.strictObject({
    deviation: z
      .number()
      .min(0)
      .max(1e9)
      .default(1)
      .describe('standard deviation of each coordinate, in the units of models, >= 0'),
  }),
  create: randomModel,
});
