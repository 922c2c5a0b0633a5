import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { empire } from './empire.js';

const knowledge: Knowledge = 'honest';

/**
 * The omniscient sign flip: −μ with the weighted mean μ of the honest vectors, `empire` with ε = 1. So ByzFL defines sign flips.
 * Zero as long as the server holds no honest vector. O(d·m).
 */
export const signFlipMean = (): AttackRule => empire({ epsilon: 1 });

export const signFlipMeanPart = definePart({
  summary: 'Omniscient sign flip: minus the honest mean.',
  source: 'Allen-Zhu et al., ICLR 2021, in the form of ByzFL’s SignFlipping.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['omniscient-sign-flip'],
  knowledge,
  formula: '−μ',
  parameters: z.strictObject({}),
  create: signFlipMean,
});
