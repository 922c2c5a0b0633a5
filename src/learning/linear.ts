import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { evaluationSlice } from './evaluation-slice.js';
import { generalizedLinear } from './generalized-linear.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/** Least squares; labels count as numbers. Scores: mean test `loss`, and `r2` (1 when the targets are constant and met, 0 when constant and missed). */
export const linear = definePart({
  summary: 'Least squares: half the squared difference between a linear prediction and the target.',
  source: 'Gauss 1809',
  needsData: true,
  parameters: z.object({
    bias: z.boolean().default(true).describe('whether the prediction has a constant term'),
  }),
  create:
    (options: { bias: boolean }): ObjectiveRule =>
    ({ data, batch }) => {
      const given = requireData('linear', data);
      const { test } = given;
      const { predict, ...model } = generalizedLinear(
        given,
        batch,
        { bias: options.bias, l2: 0 },
        {
          loss: (prediction, target) => ((prediction - target) * (prediction - target)) / 2,
          slope: (prediction, target) => prediction - target,
        },
      );
      return {
        ...model,
        metric: { name: 'loss', better: 'less' },
        *evaluate(params) {
          let mean = 0;
          for (let row = 0; row < test.count; row++) mean += test.labels[row]! / test.count;
          let residual = 0;
          let total = 0;
          for (let row = 0; row < test.count; row++) {
            const target = test.labels[row]!;
            const difference = predict(params, test, row) - target;
            residual += difference * difference;
            total += (target - mean) * (target - mean);
            if ((row + 1) % evaluationSlice === 0) yield;
          }
          const unexplained = total > 0 ? residual / total : residual > 0 ? 1 : 0;
          return { loss: residual / (2 * test.count), r2: 1 - unexplained };
        },
      };
    },
});
