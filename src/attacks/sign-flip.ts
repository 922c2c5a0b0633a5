import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/** Sign flip: the worker sends −v for the vector v that it would have sent; its own state stays honest. O(d). */
export const signFlip = (): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: true,
  attack:
    ({ dimension }) =>
    (_view, out) => {
      for (let k = 0; k < dimension; k++) out[k] = -out[k]!;
    },
});

export const signFlipPart = definePart({
  summary: 'Sign flip: a Byzantine worker negates its own vector.',
  source: 'Allen-Zhu et al., ICLR 2021; Dahan & Levy, NeurIPS 2024.',
  aliases: ['sf'],
  knowledge,
  parameters: z.strictObject({}),
  create: signFlip,
});
