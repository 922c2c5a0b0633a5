import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AttackRule, Knowledge } from './attack.js';
import { requireClasses } from './require-classes.js';

const knowledge: Knowledge = 'own';

/** The options of `random-labels`. */
export interface RandomLabelsOptions {
  /** Whether a label is always wrong: one of the other classes; false unless given, so that one in `classes` stays right. */
  readonly others?: boolean;
}

/**
 * Random labels: honest training on labels drawn uniformly from all c classes, or from the c − 1 others, anew for each sample
 * from the worker's own stream. All classes: Zhang et al., ICLR 2017, there once for each row, here at each draw, so that
 * nothing can be learned from them by heart. The others: classification noise of rate 1 (Angluin & Laird 1988 for two classes,
 * where it is label-flip). One draw a label. Throws a RangeError where labels aren't classes.
 */
export const randomLabels = ({ others = false }: RandomLabelsOptions = {}): AttackRule => ({
  kind: 'data',
  knowledge,
  falsify: ({ labels }, classes, random) => {
    requireClasses('random-labels', classes);
    for (let i = 0; i < labels.length; i++) {
      const drawn = Math.floor(random.next() * (others ? classes - 1 : classes));
      labels[i] = others && drawn >= labels[i]! ? drawn + 1 : drawn;
    }
  },
});

export const randomLabelsPart = definePart({
  summary: 'Random labels: a Byzantine worker trains on labels drawn from the classes, anew for each sample.',
  formula: 'y uniform over the classes',
  source: 'Zhang, Bengio, Hardt, Recht & Vinyals, ICLR 2017; the other classes only: Angluin & Laird 1988.',
  precondition: 'Labels are classes.',
  aliases: ['label-noise'],
  knowledge,
  parameters: z.strictObject({
    others: z
      .boolean()
      .default(false)
      .describe('Whether a label is drawn from the other classes only, so always wrong.'),
  }),
  create: randomLabels,
});
