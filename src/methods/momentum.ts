import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { FormulaOption } from '../registry/formula.js';
import { matrix } from '../weighted/vector.js';
import { gradientDescent } from './gradient-descent.js';
import type { EstimatorRule, Method } from './method.js';
import { lrOption, radiusOption } from './options.js';

/** m ← β m + (1 − β) g, where a worker's first m is its first g. */
const exponentialAverage =
  (beta: number): EstimatorRule =>
  ({ workers, dimension, precision }, oracle) => {
    const batch = oracle.batch();
    const momentum = matrix(precision, workers, dimension);
    const counts = new Float64Array(workers);
    return {
      state: { momentum, counts },
      query(worker, params, out) {
        oracle.draw(worker, batch);
        const loss = oracle.gradient(worker, params, batch, out, true);
        const m = momentum[worker]!;
        const keep = counts[worker] === 0 ? 0 : beta;
        for (let k = 0; k < dimension; k++) out[k] = m[k] = keep * m[k]! + (1 - keep) * out[k]!;
        counts[worker]! += 1;
        return loss;
      },
    };
  };

export const momentum = (options: {
  readonly lr: FormulaOption;
  readonly beta: number;
  readonly radius?: number | undefined;
}): Method => ({
  estimator: exponentialAverage(options.beta),
  update: gradientDescent(options.lr, options.radius),
});

export const momentumPart = definePart({
  summary: 'Worker momentum: each worker sends an exponential average of its own gradients.',
  source: 'Karimireddy, He & Jaggi, ICML 2021, Algorithm 2; as baseline in Dahan & Levy 2024, section 5',
  aliases: ['worker-momentum', 'sgdm'],
  parameters: z.strictObject({
    lr: lrOption(),
    beta: z.number().min(0).lt(1).default(0.9).describe('share of the past that is kept, in [0, 1)'),
    radius: radiusOption(),
  }),
  create: momentum,
});
