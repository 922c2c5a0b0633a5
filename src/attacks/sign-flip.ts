import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { reverse } from './reverse.js';

const knowledge: Knowledge = 'own';

/**
 * Sign flip: the worker sends −v for the vector v that it would have sent; its own state stays honest. What papers call bit
 * flip is the same. Allen-Zhu et al., ICLR 2021. O(d).
 */
export const signFlip = (): AttackRule => reverse({ factor: 1 });

export const signFlipPart = definePart({
  summary: 'Sign flip: a Byzantine worker negates its own vector. Papers also call it bit flip.',
  source: 'Allen-Zhu et al., ICLR 2021; Dahan & Levy, NeurIPS 2024; as bit flip: Karimireddy, He & Jaggi, ICLR 2022.',
  aliases: ['sf', 'bit-flip', 'bf'],
  knowledge,
  formula: '−v',
  parameters: z.strictObject({}),
  create: signFlip,
});
