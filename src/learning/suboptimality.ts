import type { ReadonlyVector } from '../kernels/vector.js';
import type { Objective, Share } from './objective.js';
import { inner } from './step-memory.js';
import { wholeObjective, type Claim } from './whole-objective.js';

/** The scores of `withSuboptimality`. */
export const SUBOPTIMALITY = 'suboptimality';
export const GRADIENT_NORM = 'gradientNorm';

/** A difference below 0 by no more than this share of f* is rounding. */
const ROUNDING = 2 ** -48;

/** f(x) − f*. What is below 0 by rounding alone is 0; what is further below shows that f* isn't the least value, and stays. */
const gap = (value: number, least: number): number => {
  const difference = value - least;
  return difference < 0 && difference >= -ROUNDING * Math.abs(least) ? 0 : difference;
};

/**
 * `objective` scored, besides what it is, by `suboptimality` f(x) − f(x*), now its metric, and `gradientNorm` ‖∇f(x)‖, where
 * f = (1/G)·Σf_i over all rows of the training data of the G workers who have `shares`, penalty included, and x* is `optimum`,
 * where f is least. f is summed with compensation, and f(x*) is taken by the same kernels as f(x), so that their difference
 * means something down to about 1e-15·f*. Throws a RangeError for an objective without `whole`, and for an empty share.
 */
export const withSuboptimality = (
  objective: Objective,
  shares: readonly Share[],
  optimum: ReadonlyVector,
  claim: Claim,
): Objective => {
  const whole = wholeObjective(objective, shares, claim);
  const gradient = claim();
  const best = claim();
  best.set(optimum);
  let least: number | undefined;
  const { metric, beside = [] } = objective;
  return {
    ...objective,
    metric: { name: SUBOPTIMALITY, better: 'less' },
    beside: [GRADIENT_NORM, metric.name, ...beside],
    *evaluate(params, statistics) {
      const scores = yield* objective.evaluate(params, statistics);
      yield;
      least ??= yield* whole.take(best, gradient);
      const value = yield* whole.take(params, gradient);
      const norm = Math.sqrt(inner(gradient, gradient));
      return { ...scores, [SUBOPTIMALITY]: gap(value, least), [GRADIENT_NORM]: norm };
    },
  };
};
