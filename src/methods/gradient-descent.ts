import type { FormulaOption } from '../registry/formula.js';
import { learningRate } from './options.js';
import type { UpdateRule } from './method.js';
import { projectionOnBall } from './ball.js';

/** Server step x_{t+1} = Π_K(x_t − η_t d̂_t) with K the ball of `radius` around the origin, or everything. */
export const gradientDescent = (lr: FormulaOption, radius?: number): UpdateRule => {
  const rate = learningRate(lr);
  return (start) => {
    const project = projectionOnBall(radius, start);
    return {
      state: {},
      step(t, aggregate, params) {
        const eta = rate({ t, step: t });
        for (let k = 0; k < params.length; k++) params[k] = params[k]! - eta * aggregate[k]!;
        project(params);
      },
    };
  };
};
