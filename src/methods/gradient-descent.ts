import type { FormulaOption } from '../registry/formula.js';
import { learningRate } from './options.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { UpdateRule } from './method.js';
import { projectionOnBall } from './ball.js';

/** Server step x_{t+1} = Π_K(x_t − η_t d̂_t) with K the ball of `radius` around the origin, or everything. */
export const gradientDescent = (lr: FormulaOption, radius?: number): UpdateRule => {
  const rate = learningRate(lr);
  return (start, _precision, kernels = plainKernels()) => {
    const { addScaled } = kernels.vectors;
    const project = projectionOnBall(radius, start);
    return {
      state: {},
      step(t, aggregate, params) {
        const eta = rate({ t, step: t });
        addScaled(params, -eta, aggregate);
        project(params);
      },
    };
  };
};
