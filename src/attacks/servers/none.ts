import { z } from 'zod';
import { definePart } from '../../registry/part.js';
import type { ServerAttackRule } from './server-attack.js';

/** Byzantine servers do what honest ones do. */
export const none = (): ServerAttackRule => ({ lie: () => () => undefined });

export const nonePart = definePart({
  summary: 'Byzantine servers do what honest ones do.',
  formula: 'v',
  source: 'The run without attack, for comparison',
  aliases: ['honest'],
  parameters: z.strictObject({}),
  create: none,
});
