import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/** Nobody lies: Byzantine workers send what honest workers would. */
export const none = (): AttackRule => ({ kind: 'none' });

export const nonePart = definePart({
  summary: 'No attack: Byzantine workers behave like honest ones.',
  source: 'The baseline of every experiment.',
  aliases: ['no-attack', 'honest'],
  knowledge,
  formula: 'v',
  parameters: z.strictObject({}),
  create: none,
});
