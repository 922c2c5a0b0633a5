import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { FormulaOption } from '../registry/formula.js';
import { gradientDescent } from './gradient-descent.js';
import type { EstimatorRule, Method } from './method.js';
import { lrOption, radiusOption, stepOption, type StepSize } from './options.js';

/** m ← β m + (1 − β) g, where a worker's first m is its first g. */
const exponentialAverage =
  (beta: number): EstimatorRule =>
  ({ workers, underway, dimension, precision, kernels }, samples) => {
    const { moveTowards } = kernels.vectors;
    const batches = Array.from({ length: underway }, () => [samples.batch()]);
    const momentum = kernels.memory.matrix(precision, workers, dimension);
    const counts = new Float64Array(workers);
    return {
      state: { momentum, counts },
      gradients: 1,
      draw(worker) {
        const batch = batches[worker % underway]!;
        samples.draw(worker, batch[0]!);
        return batch;
      },
      message(worker, [gradient], out) {
        const m = momentum[worker]!;
        if (counts[worker] === 0) m.set(gradient!);
        else moveTowards(m, gradient!, 1 - beta);
        out.set(m);
        counts[worker]! += 1;
      },
    };
  };

/** The options of `momentum`. */
export interface MomentumOptions {
  /** Learning rate η > 0: a number, or a function of the server step t = 1, 2, …; texts are for scenario files only. */
  readonly lr: FormulaOption;
  /** β, the share of the past that is kept; in [0, 1). */
  readonly beta: number;
  /** Radius of the ball K around the origin that models are projected on, > 0; without it, K is everything. */
  readonly radius?: number | undefined;
  /** Whether η_t is the step's length, the default, or that of AdaGrad-Norm. */
  readonly step?: StepSize | undefined;
}

/**
 * Worker momentum: worker i sends m_i ← β·m_i + (1 − β)·g_i, which begins as its first gradient g_i; the server steps
 * x_{t+1} = Π_K(x_t − η_t·d̂_t) along the aggregate d̂_t. Keeps one vector a worker. Karimireddy, He & Jaggi 2021, Algorithm 2.
 * A run's start throws a RangeError when the starting point is outside of K.
 */
export const momentum = (options: MomentumOptions): Method => ({
  estimator: exponentialAverage(options.beta),
  update: gradientDescent(options.lr, options.radius, options.step),
  newest: 1 - options.beta,
});

export const momentumPart = definePart({
  summary: 'Worker momentum: each worker sends an exponential average of its own gradients.',
  source: 'Karimireddy, He & Jaggi, ICML 2021, Algorithm 2; as baseline in Dahan & Levy 2024, section 5',
  aliases: ['worker-momentum', 'sgdm'],
  parameters: z.strictObject({
    lr: lrOption(),
    beta: z.number().min(0).lt(1).default(0.9).describe('share of the past that is kept, in [0, 1)'),
    radius: radiusOption(),
    step: stepOption(),
  }),
  create: momentum,
});
