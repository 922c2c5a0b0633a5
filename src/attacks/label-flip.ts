import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'own';

/**
 * Label flip: honest training on the labels classes − 1 − y, so 1 − y for two classes and 9 − y for ten.
 * Throws a RangeError where labels aren't classes.
 */
export const labelFlip = (): AttackRule => ({
  kind: 'data',
  knowledge,
  falsify: (labels, count, classes) => {
    if (classes < 2) {
      throw new RangeError(`label-flip needs an objective whose labels are at least 2 classes, got ${classes}`);
    }
    for (let i = 0; i < count; i++) labels[i] = classes - 1 - labels[i]!;
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
