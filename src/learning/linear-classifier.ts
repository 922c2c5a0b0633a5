import type { Kernels } from '../kernels/kernels.js';
import type { LinearModel } from '../kernels/row-kernels.js';
import type { Dataset } from './dataset.js';
import { generalizedLinear } from './generalized-linear.js';
import type { Objective } from './objective.js';

/** A generalized linear model of classes. Scores: mean test `loss` without the penalty, `accuracy`. */
export const linearClassifier = (
  linear: LinearModel,
  data: Dataset,
  batch: number,
  kernels: Kernels | undefined,
): Objective => {
  const { count } = data.test;
  const { tally, ...model } = generalizedLinear(linear, data, batch, kernels);
  return {
    ...model,
    metric: { name: 'accuracy', better: 'more' },
    *evaluate(params) {
      const { loss, correct } = yield* tally(params);
      return { loss: loss / count, accuracy: correct / count };
    },
  };
};
