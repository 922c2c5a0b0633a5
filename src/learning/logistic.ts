import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { evaluationSlice } from './evaluation-slice.js';
import { generalizedLinear } from './generalized-linear.js';
import { sigmoid } from './kernels/sigmoid.js';
import { softplus } from './kernels/softplus.js';
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
    ({ data, batch }) => {
      const given = requireData('logistic', data, 'data of exactly 2 classes', ({ classes }) => classes === 2);
      const { test } = given;
      const loss = (prediction: number, label: number) => softplus(label > 0 ? -prediction : prediction);
      const { predict, ...model } = generalizedLinear(given, batch, options, {
        loss,
        slope: (prediction, label) => (label > 0 ? -sigmoid(-prediction) : sigmoid(prediction)),
      });
      return {
        ...model,
        metric: { name: 'accuracy', better: 'more' },
        *evaluate(params) {
          let sum = 0;
          let correct = 0;
          for (let row = 0; row < test.count; row++) {
            const prediction = predict(params, test, row);
            const label = test.labels[row]!;
            sum += loss(prediction, label);
            if ((prediction > 0 ? 1 : 0) === label) correct++;
            if ((row + 1) % evaluationSlice === 0) yield;
          }
          return { loss: sum / test.count, accuracy: correct / test.count };
        },
      };
    },
});
