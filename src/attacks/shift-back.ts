import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { totalWeight } from '../weighted/total-weight.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** The options of `shift-back`. */
export interface ShiftBackOptions {
  /** c, how much of the way back a step of length 1 takes; above 0. Default 1. */
  readonly factor?: number;
  /** Whether to lie only where Byzantine workers are a `majority` of the round, the default, or `always`. */
  readonly when?: 'majority' | 'always';
}

/**
 * Shift-back: c·(x − x⁰), with the server's model x now and x⁰ at the start: where lies make up the aggregate, a step of length 1/c
 * brings it back to where it began. As long as those who are Byzantine aren't more than half of the workers called for the round or,
 * without rounds, Byzantine updates no more than half of what the server holds, the worker sends its own vector, as an honest one
 * would. Malinovsky et al., "Byzantine Robustness and Partial Participation Can Be
 * Achieved at Once", NeurIPS 2024; their text has x⁰ − x as a change of the model, their code c = 1. O(d + m).
 */
export const shiftBack = ({ factor = 1, when = 'majority' }: ShiftBackOptions = {}): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: true,
  attack:
    ({ dimension }) =>
    ({ honest, byzantineWeight, progress, round }, out) => {
      const outnumbered = round
        ? 2 * round.liars <= round.count
        : byzantineWeight <= totalWeight(honest.weights, honest.count);
      if (progress === null || (outnumbered && when === 'majority')) return;
      const { model, start } = progress;
      for (let k = 0; k < dimension; k++) out[k] = factor * (model[k]! - start[k]!);
    },
});

export const shiftBackPart = definePart({
  summary:
    'Shift-back: leads the model back to where it began, whenever Byzantine workers are the majority of a round.',
  source:
    'Malinovsky et al., "Byzantine Robustness and Partial Participation Can Be Achieved at Once: Just Clip Gradient Differences", NeurIPS 2024.',
  precondition: 'Sees the server’s model; hurts where sampled or fast Byzantine workers are a majority at times.',
  aliases: ['shb'],
  knowledge,
  formula: 'c·(x − x⁰), or v while those who are Byzantine are no majority',
  parameters: z.strictObject({
    factor: z.number().positive().default(1).describe('c, how much of the way back a step of length 1 takes; above 0.'),
    when: z
      .enum(['majority', 'always'])
      .default('majority')
      .describe(
        'Whether to lie only where Byzantine workers of the round (else their updates) are a majority, or always.',
      ),
  }),
  create: shiftBack,
});
