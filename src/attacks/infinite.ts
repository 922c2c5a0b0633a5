import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { constantLie } from './constant-lie.js';

const knowledge: Knowledge = 'own';

/**
 * +∞ in all coordinates. Rules that look at lengths or distances leave such vectors out with their weight; coordinate-wise ones
 * have them above all others; the mean becomes infinite. O(d).
 */
export const infinite = (): AttackRule => constantLie(Infinity);

export const infinitePart = definePart({
  summary: 'Infinity: +∞ in all coordinates.',
  source: 'ByzFL’s Inf.',
  precondition:
    'Ruins a run for good as soon as such vectors outweigh what its rule withstands, if only before all workers have arrived.',
  aliases: ['inf', 'infinity'],
  knowledge,
  formula: '+∞ in all coordinates',
  parameters: z.strictObject({}),
  create: infinite,
});
