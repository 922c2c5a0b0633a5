import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { constantLie } from './constant-lie.js';

const knowledge: Knowledge = 'own';

/**
 * NaN in all coordinates. Rules that look at lengths or distances leave such vectors out with their weight; coordinate-wise ones
 * have them above all others; the mean becomes NaN. O(d).
 */
export const nan = (): AttackRule => constantLie(NaN);

export const nanPart = definePart({
  summary: 'NaN: not a number in all coordinates.',
  source: 'ByzantineMomentum’s nan (Rouault, EPFL).',
  precondition:
    'Ruins a run for good as soon as such vectors outweigh what its rule withstands, if only before all workers have arrived.',
  aliases: ['not-a-number'],
  knowledge,
  formula: 'NaN in all coordinates',
  parameters: z.strictObject({}),
  create: nan,
});
