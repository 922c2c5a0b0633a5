import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { squaredNorm } from '../kernels/plain/norm.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { Examples } from './dataset.js';
import { evaluationSlice } from './evaluation-slice.js';
import { argMax } from '../kernels/plain/arg-max.js';
import { rowAxpy } from './kernels/row-axpy.js';
import { rowDot } from './kernels/row-dot.js';
import { softmax as softmaxOf } from '../kernels/plain/softmax.js';
import type { ObjectiveRule } from './objective-rule.js';
import { requireData } from './require-data.js';
import { rowBatches } from './row-batches.js';

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
    ({ l2, bias }: { l2: number; bias: boolean }): ObjectiveRule =>
    ({ data, batch }) => {
      const given = requireData('softmax', data, 'data of 2 classes or more', ({ classes }) => classes >= 2);
      const { classes, train, test } = given;
      const { features } = train.inputs;
      const weights = classes * features;
      const logits = new Float64Array(classes);
      const shares = new Float64Array(classes);

      /** Fills `logits` and `shares` for a row and returns its loss. */
      const apply = (params: ReadonlyVector, { inputs }: Examples, row: number, label: number): number => {
        for (let k = 0; k < classes; k++) {
          logits[k] = rowDot(inputs, row, params, k * features) + (bias ? params[weights + k]! : 0);
        }
        return softmaxOf(logits, 0, classes, shares) - logits[label]!;
      };

      return {
        dimension: bias ? weights + classes : weights,
        precision: 'float64',
        statistics: 0,
        classes,
        metric: { name: 'accuracy', better: 'more' },
        initial: (_random, out) => void out.fill(0),
        initialStatistics: () => undefined,
        ...rowBatches(train, batch),
        gradient: (params, { rows, labels }, out) => {
          const count = rows.length;
          for (let k = 0; k < weights; k++) out[k] = l2 * params[k]!;
          if (bias) out.fill(0, weights, weights + classes);
          let loss = 0;
          for (let i = 0; i < count; i++) {
            const label = labels[i]!;
            loss += apply(params, train, rows[i]!, label);
            for (let k = 0; k < classes; k++) {
              const coefficient = (shares[k]! - (k === label ? 1 : 0)) / count;
              rowAxpy(train.inputs, rows[i]!, coefficient, out, k * features);
              if (bias) out[weights + k]! += coefficient;
            }
          }
          return loss / count + (l2 / 2) * squaredNorm(params, weights);
        },
        *evaluate(params) {
          let loss = 0;
          let correct = 0;
          for (let row = 0; row < test.count; row++) {
            const label = test.labels[row]!;
            loss += apply(params, test, row, label);
            if (argMax(logits, 0, classes) === label) correct++;
            if ((row + 1) % evaluationSlice === 0) yield;
          }
          return { loss: loss / test.count, accuracy: correct / test.count };
        },
      };
    },
});
