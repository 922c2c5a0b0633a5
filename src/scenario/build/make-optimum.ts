import type { Kernels } from '../../kernels/index.js';
import { newVector } from '../../kernels/vector.js';
import type { Objective, Share } from '../../learning/objective.js';
import { minimize, type Minimum } from '../../learning/optimum.js';
import { withSuboptimality } from '../../learning/suboptimality.js';
import { wholeObjective } from '../../learning/whole-objective.js';
import { fitting, Misfit } from '../misfit.js';
import type { Scenario } from '../schema.js';
import type { Surroundings } from '../surroundings.js';

/** An objective and how it is placed where kernels reach it. */
export interface Placeable {
  readonly objective: Objective;
  readonly place: (kernels: Kernels) => Objective;
}

/** ‖∇f(x*)‖ that is asked for. */
const TOLERANCE = 1e-14;

const path = ['measure', 'optimum'];

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/** The least gradient norm that can be asked for at `x`: rounding x alone changes the gradient by L·2⁻⁵³·‖x‖. */
const attainable = (objective: Objective, x: Float64Array): number => 4 * 2 ** -53 * objective.smoothness!() * norm(x);

const solve = (objective: Objective, shares: readonly Share[]): Minimum => {
  const vector = () => newVector('float64', objective.dimension);
  const whole = wholeObjective(objective, shares, vector);
  const f = (x: Float64Array, out: Float64Array): number => {
    const taking = whole.take(x, out);
    for (;;) {
      const { done, value } = taking.next();
      if (done) return value;
    }
  };
  return minimize(f, new Float64Array(objective.dimension), { tolerance: TOLERANCE });
};

/**
 * Where a scenario measures by the optimum, the objective scored by its distance from the least value of the training loss of the
 * workers who have `shares`, which is found here, or taken from the cache, with the same bits; else the objective as it is.
 * @throws Misfit when the model has no gradient over all rows, or no optimum is found.
 */
export const makeOptimum = (
  scenario: Scenario,
  given: Placeable,
  shares: readonly Share[],
  { cache, directory }: Surroundings,
): Placeable => {
  if (!scenario.measure?.optimum) return given;
  const { objective, place } = given;
  const { kind } = scenario.learn.model;
  if (!objective.whole || !objective.smoothness || objective.precision !== 'float64')
    throw new Misfit(
      path,
      `the optimum is found by gradients over all rows of a convex objective, and the model ${kind} has none; take quadratic, linear, logistic or softmax`,
    );
  const find = (): Minimum => solve(objective, shares);
  // The gradient over all rows follows from these alone: neither from the batch's size nor from who lies.
  const key = JSON.stringify([scenario.learn.data, directory, scenario.learn.model]);
  const { x, gradientNorm, iterations, reached } = fitting(path, () => cache?.optima.find(key, shares, find) ?? find());
  if (!reached && !(gradientNorm <= attainable(objective, x)))
    throw new Misfit(
      path,
      `after ${iterations} iterations of L-BFGS the gradient of the training loss has a norm of ${gradientNorm.toExponential(1)}, and ${TOLERANCE} is needed; a better conditioned model, such as one with a larger l2, would get there`,
    );
  return {
    objective: withSuboptimality(objective, shares, x, () => newVector('float64', objective.dimension)),
    place: (kernels) =>
      withSuboptimality(place(kernels), shares, x, () => kernels.memory.vector('float64', objective.dimension)),
  };
};
