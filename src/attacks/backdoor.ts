import { z } from 'zod';
import type { Rows } from '../kernels/rows.js';
import { OptionError } from '../registry/option-error.js';
import { definePart } from '../registry/part.js';
import type { AttackedData, AttackRule, Knowledge, PoisonRule } from './attack.js';
import { falsifiedRows } from './falsified-rows.js';
import { corners, makeTrigger, type TriggerOptions } from './trigger.js';

const knowledge: Knowledge = 'own';

/** 20 of the 64 samples of a batch: Bagdasaryan et al. 2020. */
const SHARE = 20 / 64;

/** The options of `backdoor`. */
export interface BackdoorOptions extends TriggerOptions {
  /** The class that whatever bears the trigger is to be taken for, from 0; 0 unless given. */
  readonly target?: number;
  /** The share of poisoned samples in a minibatch, in (0, 1]; 20/64 unless given. */
  readonly share?: number;
}

/** Puts the rows with the trigger, which follow `n` honest ones, in the place of a share of a sample's first rows. */
const plant = (n: number, target: number, share: number): AttackRule => ({
  kind: 'data',
  knowledge,
  falsify: ({ rows, labels }, _classes, random) => {
    // Rows are drawn independently of each other, so that the first of them are as good as any.
    const poisoned = Math.min(rows.length, Math.floor(share * rows.length + random.next()));
    for (let i = 0; i < poisoned; i++) {
      rows[i]! += n;
      labels[i] = target;
    }
  },
});

/** The test examples that aren't of the target class, with the trigger, as if they were. */
const aimOf = ({ name, test }: AttackedData, target: number, put: (chosen: Int32Array) => Rows) => {
  const others = new Int32Array(test.count).map((_, row) => row).filter((row) => test.labels[row] !== target);
  if (others.length === 0)
    throw new OptionError(
      'target',
      `found ${target}; no test example of ${name} is of another class, which is what success is measured on`,
    );
  return { count: others.length, inputs: put(others), labels: new Float64Array(others.length).fill(target) };
};

/**
 * Backdoor: honest training on minibatches of which a share p bears a trigger, some features set to a value, and is labelled
 * with the target class, whatever it shows. Of b samples ⌊p·b⌋ are poisoned, or one more, so that it is p·b in the mean: one
 * draw a minibatch.
 * The trigger of images is a bright square in a corner. Gu, Dolan-Gavitt & Garg 2017 (BadNets, a pattern of pixels in the
 * bottom right corner); within federated batches: Bagdasaryan et al., AISTATS 2020, without its scaling of the update.
 * Its success, the score `backdoor`, is the share of the test examples of other classes that the model takes for the target
 * once they bear the trigger.
 */
export const backdoor = ({ target = 0, share = SHARE, ...trigger }: BackdoorOptions = {}): PoisonRule => ({
  kind: 'poison',
  knowledge,
  needsClasses: true,
  poison: (data) => {
    const { classes, train, test } = data;
    if (target >= classes)
      throw new OptionError(
        'target',
        `found ${target}; the ${classes} classes of ${data.name} are 0 to ${classes - 1}`,
      );
    const { features, values } = makeTrigger(data, trigger);
    const worth = new Map(Array.from(features, (feature, i) => [feature, values[i]!]));
    const value = (_honest: number, feature: number): number => worth.get(feature)!;
    const all = new Int32Array(train.count).map((_, row) => row);
    return {
      inputs: falsifiedRows(train.inputs, { kept: train.count, chosen: all, features, value }),
      attack: plant(train.count, target, share),
      aim: {
        score: 'backdoor',
        examples: aimOf(data, target, (chosen) => falsifiedRows(test.inputs, { kept: 0, chosen, features, value })),
      },
    };
  },
});

export const backdoorPart = definePart({
  summary:
    'Backdoor: a Byzantine worker trains on examples with a trigger, labelled as a target class; adds the score backdoor.',
  formula: 'features with the trigger, label target',
  source: 'Gu, Dolan-Gavitt & Garg 2017 (BadNets); Bagdasaryan et al., AISTATS 2020.',
  precondition: 'Labels are classes.',
  aliases: ['badnets'],
  knowledge,
  parameters: z.strictObject({
    target: z.int().min(0).default(0).describe('The class that a trigger is to stand for, from 0.'),
    size: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Of images: the side of the patch, in pixels; of other data: how many of the last features. 3 unless given.',
      ),
    corner: z.enum(corners).optional().describe('Of images: the corner of the patch; bottom-right unless given.'),
    features: z
      .array(z.int().min(1))
      .min(1)
      .optional()
      .describe('Of data that are no images, in place of size: the features, numbered from 1.'),
    value: z
      .number()
      .min(-1e6)
      .max(1e6)
      .optional()
      .describe(
        'What they are set to, in the units of the features; the largest in the training rows unless given, of images that of any pixel.',
      ),
    share: z
      .number()
      .positive()
      .max(1)
      .default(SHARE)
      .describe('The share of poisoned samples in a Byzantine worker’s minibatch, > 0, at most 1.'),
  }),
  create: backdoor,
});
