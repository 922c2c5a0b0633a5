import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { FormulaOption } from '../registry/formula.js';
import { gradientDescent } from './gradient-descent.js';
import type { EstimatorRule, Method } from './method.js';
import { lrOption, radiusOption } from './options.js';

/** Each message is the stochastic gradient at the model that the worker was sent. */
const stochasticGradient: EstimatorRule = (_shape, oracle) => {
  const batch = oracle.batch();
  return {
    state: {},
    query(worker, params, out) {
      oracle.draw(worker, batch);
      return oracle.gradient(worker, params, batch, out, true);
    },
  };
};

export const sgd = (options: { readonly lr: FormulaOption; readonly radius?: number | undefined }): Method => ({
  estimator: stochasticGradient,
  update: gradientDescent(options.lr, options.radius),
});

export const sgdPart = definePart({
  summary: 'Stochastic gradient descent: workers send gradients, the server steps along their aggregate.',
  source: 'Robbins & Monro 1951; asynchronous baseline of Dahan & Levy 2024, section 5',
  parameters: z.strictObject({ lr: lrOption(), radius: radiusOption() }),
  create: sgd,
});
