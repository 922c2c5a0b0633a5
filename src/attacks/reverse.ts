import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/** The options of `reverse`. */
export interface ReverseOptions {
  /** c, how long the lie is, relative to the worker's own vector; above 0 to oppose it. Default 100. */
  readonly factor?: number;
}

/**
 * Reversed vector: the worker sends −c·v for the vector v that it would have sent. Garfield (Guerraoui et al., DSN 2021) has
 * c = 100, BASGD (Yang & Li, ICML 2021), as "negative gradient", c = 10. O(d).
 */
export const reverse = ({ factor = 100 }: ReverseOptions = {}): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: true,
  attack:
    ({ dimension }) =>
    (_view, out) => {
      for (let k = 0; k < dimension; k++) out[k]! *= -factor;
    },
});

export const reversePart = definePart({
  summary: 'Reversed vector: a Byzantine worker sends a negative multiple of its own vector.',
  source: 'Guerraoui et al., "Garfield", DSN 2021: 100 times; Yang & Li, "BASGD", ICML 2021: 10 times.',
  aliases: ['reversed', 'reverse-vector', 'negative-gradient'],
  knowledge,
  formula: '−c·v',
  parameters: z.strictObject({
    factor: z
      .number()
      .default(100)
      .describe('c, the length of the lie, relative to the worker’s own vector; above 0 to oppose it.'),
  }),
  create: reverse,
});
