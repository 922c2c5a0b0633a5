import type { Kernels } from '../kernels/kernels.js';
import { plainRows } from '../kernels/plain/linear-rows.js';
import type { LinearModel, Tally } from '../kernels/row-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { Dataset } from './dataset.js';
import { evaluationSlice } from './evaluation-slice.js';
import type { Objective } from './objective.js';
import { rowBatches } from './row-batches.js';
import { rowSmoothness } from './row-smoothness.js';
import { wholeShares } from './whole-shares.js';

/** An objective but for its scores, with what those are made of. */
export interface GeneralizedLinear extends Omit<Objective, 'metric' | 'evaluate'> {
  /** Tallies the test rows; yields after each slice of them. */
  readonly tally: (params: ReadonlyVector) => Generator<void, Tally>;
}

/**
 * f(W, b; batch) = mean loss of the scores W·x + b over the batch + (l2/2)·‖W‖². Parameters: W as [outputs][features],
 * then b when there is a bias, which the penalty leaves alone. float64; starts at 0.
 */
export const generalizedLinear = (
  model: LinearModel,
  { classes, train, test }: Dataset,
  batch: number,
  kernels: Kernels | undefined,
): GeneralizedLinear => {
  const { gradient, score } = (kernels?.rows ?? plainRows()).linear(model, train, test);
  const { features } = train.inputs;
  return {
    dimension: model.outputs * (model.bias ? features + 1 : features),
    precision: 'float64',
    statistics: 0,
    classes,
    initial: (_random, out) => void out.fill(0),
    initialStatistics: () => undefined,
    ...rowBatches(train, batch),
    whole: wholeShares(train),
    smoothness: rowSmoothness(model, train),
    // Along the bias nothing is known but that losses are convex.
    strongConvexity: () => (model.bias ? 0 : model.l2),
    gradient: (params, { rows, labels }, out) => gradient(params, rows, labels, out),
    *tally(params) {
      const tally: Tally = { loss: 0, correct: 0 };
      for (let from = 0; from < test.count; from += evaluationSlice) {
        const to = Math.min(from + evaluationSlice, test.count);
        score(params, from, to, tally);
        if (to === from + evaluationSlice) yield;
      }
      return tally;
    },
  };
};
