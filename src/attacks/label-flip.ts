import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { requireClasses } from './require-classes.js';

const knowledge: Knowledge = 'own';

/**
 * Label flip: honest training on the labels classes − 1 − y, so 1 − y for two classes and 9 − y for ten.
 * Throws a RangeError where labels aren't classes.
 */
export const labelFlip = (): AttackRule => ({
  kind: 'data',
  knowledge,
  falsify: ({ labels }, classes) => {
    requireClasses('label-flip', classes);
    for (let i = 0; i < labels.length; i++) labels[i] = classes - 1 - labels[i]!;
  },
});

export const labelFlipPart = definePart({
  summary: 'Label flip: a Byzantine worker trains on the labels classes − 1 − y.',
  source: 'Allen-Zhu et al., ICLR 2021; Dahan & Levy, NeurIPS 2024.',
  precondition: 'Labels are classes.',
  aliases: ['lf'],
  knowledge,
  formula: 'v on the labels classes − 1 − y',
  parameters: z.strictObject({}),
  create: labelFlip,
});
