import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { FormulaOption } from '../registry/formula.js';
import { gradientDescent } from './gradient-descent.js';
import type { EstimatorRule, Method } from './method.js';
import { lrOption, radiusOption, stepOption, type StepSize } from './options.js';

/** Each message is the stochastic gradient at the model that the worker was sent. */
const stochasticGradient: EstimatorRule = ({ underway }, samples) => {
  const batches = Array.from({ length: underway }, () => [samples.batch()]);
  return {
    state: {},
    gradients: 1,
    draw(worker) {
      const batch = batches[worker % underway]!;
      samples.draw(worker, batch[0]!);
      return batch;
    },
    message(_worker, [gradient], out) {
      if (gradient !== out) out.set(gradient!);
    },
  };
};

/** The options of `sgd`. */
export interface SgdOptions {
  /** Learning rate η > 0: a number, or a function of the server step t = 1, 2, …; texts are for scenario files only. */
  readonly lr: FormulaOption;
  /** Radius of the ball K around the origin that models are projected on, > 0; without it, K is everything. */
  readonly radius?: number | undefined;
  /** Whether η_t is the step's length, the default, or that of AdaGrad-Norm. */
  readonly step?: StepSize | undefined;
}

/**
 * Stochastic gradient descent: workers send gradients at the model they were sent, and the server steps
 * x_{t+1} = Π_K(x_t − η_t·d̂_t) along their aggregate d̂_t. Keeps no vector. Robbins & Monro 1951.
 * A run's start throws a RangeError when the starting point is outside of K.
 */
export const sgd = (options: SgdOptions): Method => ({
  estimator: stochasticGradient,
  update: gradientDescent(options.lr, options.radius, options.step),
  newest: 1,
});

export const sgdPart = definePart({
  summary: 'Stochastic gradient descent: workers send gradients, the server steps along their aggregate.',
  source: 'Robbins & Monro 1951; asynchronous baseline of Dahan & Levy 2024, section 5',
  parameters: z.strictObject({ lr: lrOption(), radius: radiusOption(), step: stepOption() }),
  create: sgd,
});
