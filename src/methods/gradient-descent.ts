import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { FormulaOption } from '../registry/formula.js';
import { projectionOnBall } from './ball.js';
import type { UpdateRule } from './method.js';
import { learningRate, settableRate, type StepSize } from './options.js';

/**
 * Server step x_{t+1} = Π_K(x_t − s_t d̂_t) with K the ball of `radius` around the origin, or everything. s_t is the learning rate
 * η_t or, by AdaGrad-Norm, η_t / √(‖d̂_1‖² + … + ‖d̂_t‖²), which is left at 0 as long as every d̂ was 0. Of a fixed η the latter has
 * Σ s_t‖d̂_t‖² ≤ 2η √(Σ‖d̂_t‖²) whatever the d̂ are. Ward, Wu & Bottou 2019; Levy, Yurtsever & Cevher 2018.
 */
export const gradientDescent = (lr: FormulaOption, radius?: number, step: StepSize = 'fixed'): UpdateRule => {
  const formula = learningRate(lr);
  return (start, _precision, kernels = plainKernels()) => {
    const { addScaled, squaredNorm } = kernels.vectors;
    const project = projectionOnBall(radius, start);
    const rate = settableRate(formula);
    const squares = new Float64Array(1);
    const shrunk = (aggregate: Parameters<typeof squaredNorm>[0]): number => {
      squares[0]! += squaredNorm(aggregate);
      return squares[0] === 0 ? 0 : 1 / Math.sqrt(squares[0]!);
    };
    return {
      state: { lr: rate.lr, squares },
      lr: rate.lr,
      step(t, aggregate, params) {
        const share = step === 'fixed' ? 1 : shrunk(aggregate);
        addScaled(params, -rate.at(t) * share, aggregate);
        project(params);
      },
    };
  };
};
