import fc from 'fast-check';
import type { Distribution } from '../../src/random/distribution.js';
import {
  constant,
  discrete,
  exponential,
  gamma,
  lognormal,
  normal,
  pareto,
  uniform,
  weibull,
  type distributions,
} from '../../src/random/index.js';

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const real = fc.double({ min: -1e3, max: 1e3, noNaN: true });

/** Random members of each registered distribution; a part that is missing here doesn't compile. */
export const members: Record<keyof typeof distributions, fc.Arbitrary<Distribution>> = {
  constant: real.map(constant),
  uniform: fc.tuple(real, positive).map(([low, width]) => uniform(low, low + width)),
  exponential: positive.map(exponential),
  normal: fc.oneof(
    fc.tuple(real, positive).map(([mean, deviation]) => normal(mean, deviation)),
    fc
      .tuple(real, positive, fc.double({ min: -40, max: 35, noNaN: true }))
      .map(([mean, deviation, alpha]) => normal(mean, deviation, mean + alpha * deviation)),
  ),
  lognormal: fc.tuple(positive, fc.double({ min: 0, max: 10, noNaN: true })).map(([m, sigma]) => lognormal(m, sigma)),
  gamma: fc
    .tuple(fc.double({ min: 0.01, max: 1e4, noNaN: true }), positive)
    .map(([shape, scale]) => gamma(shape, scale)),
  weibull: fc.tuple(positive, fc.double({ min: 0.1, max: 100, noNaN: true })).map(([s, shape]) => weibull(s, shape)),
  pareto: fc.tuple(positive, fc.double({ min: 0.1, max: 100, noNaN: true })).map(([m, shape]) => pareto(m, shape)),
  discrete: fc
    .array(fc.tuple(real, fc.oneof(fc.constant(0), positive)), { minLength: 1, maxLength: 20 })
    .filter((pairs) => pairs.some(([, weight]) => weight > 0))
    .map((pairs) =>
      discrete(
        pairs.map(([value]) => value),
        pairs.map(([, weight]) => weight),
      ),
    ),
};

/** One well-behaved member each, with finite variance, for statistics; the others' tails are too heavy for them. */
export const samples: Record<keyof typeof distributions, readonly Distribution[]> = {
  constant: [constant(4)],
  uniform: [uniform(-1, 5)],
  exponential: [exponential(3)],
  normal: [normal(3, 2), normal(3, 2, 0), normal(0, 1, 5)],
  lognormal: [lognormal(4, 0.5)],
  gamma: [gamma(0.3, 2), gamma(2.5, 3)],
  weibull: [weibull(2, 0.9), weibull(2, 3)],
  pareto: [pareto(1, 6)],
  discrete: [discrete([5, -1, 2], [1, 3, 0])],
};
