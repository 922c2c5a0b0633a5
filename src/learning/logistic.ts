import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { linearClassifier } from './linear-classifier.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/** Logistic regression on labels 0 and 1. Scores: mean test `loss` without the penalty, `accuracy` (class 1 where the prediction is > 0). */
export const logistic = definePart({
  summary: 'Logistic regression of two classes, with an l2 penalty on the weights.',
  source: 'Berkson 1944; as in Rammal et al. 2024, section 5',
  precondition: 'The data have two classes.',
  needsData: true,
  parameters: z.object({
    l2: z.number().nonnegative().default(0).describe('penalty (l2/2)·‖w‖² on the weights, not on the bias; at least 0'),
    bias: z.boolean().default(true).describe('whether the prediction has a constant term'),
  }),
  create:
    (options: { l2: number; bias: boolean }): ObjectiveRule =>
    ({ data, batch, kernels }) => {
      const given = requireData('logistic', data, 'data of exactly 2 classes', ({ classes }) => classes === 2);
      return linearClassifier({ loss: 'logistic', outputs: 1, ...options }, given, batch, kernels);
    },
});
