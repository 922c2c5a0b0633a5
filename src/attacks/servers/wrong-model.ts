import { z } from 'zod';
import { definePart } from '../../registry/part.js';
import { meanAt } from './seen-models.js';
import type { ServerAttackRule } from './server-attack.js';

/** The options of `wrong-model`. */
export interface WrongModelOptions {
  /** What the honest model is multiplied with, finite. */
  readonly factor: number;
}

/** Every reader is sent the same wrong model: `factor` times the mean of the honest ones. O(d·servers) a reader. */
export const wrongModel = ({ factor }: WrongModelOptions): ServerAttackRule => ({
  lie:
    () =>
    ({ honest }, out) => {
      for (let k = 0; k < out.length; k++) out[k] = factor * meanAt(honest, k);
    },
});

export const wrongModelPart = definePart({
  summary: 'The same wrong model for all: a multiple of the honest ones’ mean.',
  formula: 'factor·m',
  source: 'El-Mhamdi et al., "Genuinely Distributed Byzantine Machine Learning", PODC 2020: "reversed" vectors',
  aliases: ['reversed-model', 'wrong'],
  parameters: z.strictObject({
    factor: z.number().min(-1e9).max(1e9).default(-1).describe('what the honest models’ mean is multiplied with'),
  }),
  create: wrongModel,
});
