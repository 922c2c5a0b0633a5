import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/**
 * Sends nothing: the message never arrives, and its worker, whom nobody answers, stays silent for good where arrivals are timed; the server
 * keeps what it holds of it. Where arrivals are sampled, its turn passes without a step. Mute failure: Doudou et al. 1999.
 */
export const silent = (): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: false,
  attack: () => () => undefined,
  silent: () => () => true,
});

export const silentPart = definePart({
  summary: 'Sends nothing; who waits for it waits for ever.',
  formula: 'nothing',
  source: 'Mute failure: Doudou et al., "Muteness Failure Detectors", EDCC 1999.',
  aliases: ['mute', 'silence', 'crash'],
  knowledge,
  parameters: z.strictObject({}),
  create: silent,
});
