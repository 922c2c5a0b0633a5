import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { generalizedLinear } from './generalized-linear.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';

/** The sum of the squared differences of the first `count` targets from their mean. */
const squaredDeviations = (targets: Float64Array, count: number): number => {
  let mean = 0;
  for (let row = 0; row < count; row++) mean += targets[row]! / count;
  let total = 0;
  for (let row = 0; row < count; row++) total += (targets[row]! - mean) * (targets[row]! - mean);
  return total;
};

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
    ({ data, batch, kernels }) => {
      const given = requireData('linear', data);
      const { count, labels } = given.test;
      const total = squaredDeviations(labels, count);
      const { tally, ...model } = generalizedLinear(
        { loss: 'squared', outputs: 1, bias: options.bias, l2: 0 },
        given,
        batch,
        kernels,
      );
      return {
        ...model,
        metric: { name: 'loss', better: 'less' },
        *evaluate(params) {
          const { loss } = yield* tally(params);
          const residual = 2 * loss;
          const unexplained = total > 0 ? residual / total : residual > 0 ? 1 : 0;
          return { loss: loss / count, r2: 1 - unexplained };
        },
      };
    },
});
