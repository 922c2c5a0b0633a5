import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { linearClassifier } from './linear-classifier.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/**
 * Multinomial logistic regression: the mean cross-entropy of softmax(W·x + b) + (l2/2)·‖W‖². Parameters: W as
 * [classes][features], then b when there is a bias, which the penalty leaves alone. float64; starts at 0.
 * Scores: mean test `loss` without the penalty, `accuracy`.
 */
export const softmax = definePart({
  summary: 'Multinomial logistic regression, with an l2 penalty on the weights.',
  source: 'McFadden 1974',
  precondition: 'The labels are classes.',
  needsData: true,
  parameters: z.object({
    l2: z
      .number()
      .nonnegative()
      .default(0)
      .describe('penalty (l2/2)·‖W‖² on the weights, not on the biases; at least 0'),
    bias: z.boolean().default(true).describe('whether each class has a constant term'),
  }),
  create:
    (options: { l2: number; bias: boolean }): ObjectiveRule =>
    ({ data, batch, kernels }) => {
      const given = requireData('softmax', data, 'data of 2 classes or more', ({ classes }) => classes >= 2);
      return linearClassifier({ loss: 'softmax', outputs: given.classes, ...options }, given, batch, kernels);
    },
});
