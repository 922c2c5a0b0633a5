import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { constantLie } from './constant-lie.js';

const knowledge: Knowledge = 'own';

/** Zero in all coordinates: plain free-riding, where the model is handed back as it came. Fraboni et al., AISTATS 2021. O(d). */
export const zero = (): AttackRule => constantLie(0);

export const zeroPart = definePart({
  summary: 'Zero: a Byzantine worker takes part and contributes nothing.',
  source:
    'Fraboni, Vidal & Lorenzi, "Free-rider Attacks on Model Aggregation in Federated Learning", AISTATS 2021: plain free-riding.',
  aliases: ['zeros', 'free-rider'],
  knowledge,
  formula: '0 in all coordinates',
  parameters: z.strictObject({}),
  create: zero,
});
