import test from 'ava';
import fc from 'fast-check';
import { z } from 'zod';
import {
  constant,
  discrete,
  distributions,
  exponential,
  gamma,
  lognormal,
  normal,
  pareto,
  seededRandom,
  uniform,
  weibull,
} from '../../src/random/index.js';
import type { Random } from '../../src/random/random.js';
import { goldens, probabilities } from './distribution-goldens.js';
import { members, samples } from './distribution-members.js';

/** A stream that gives the same draw for ever, and counts. */
const always = (draw: number): Random & { drawn: number } => ({
  drawn: 0,
  next() {
    this.drawn++;
    return draw;
  },
  fork: () => always(draw),
  state: () => ({ c: 0, s0: 0, s1: 0, s2: 0 }),
  restore: () => undefined,
});

/** ∫₀¹ F⁻¹, by the midpoint rule on a grid that is fine at both ends: p = u²(3 − 2u), dp = 6u(1 − u) du. */
const integral = (f: (p: number) => number, steps = 20_000): number => {
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const u = (k + 0.5) / steps;
    sum += f(u * u * (3 - 2 * u)) * 6 * u * (1 - u);
  }
  return sum / steps;
};

const near = (actual: number, expected: number, tolerance: number): boolean =>
  Math.abs(actual - expected) <= tolerance * Math.max(1e-300, Math.abs(expected));

/** A draw of a stream. */
const draw = fc.oneof(
  fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }).map((p) => Math.floor(p * 2 ** 53) / 2 ** 53),
  fc.constantFrom(0, 2 ** -53, 0.5, 1 - 2 ** -53),
);

for (const [name, part] of Object.entries(distributions)) {
  const key = name as keyof typeof distributions;

  test(`${name}: quantiles never decrease, nor leave the support`, (t) => {
    fc.assert(
      fc.property(members[key], draw, draw, (distribution, a, b) => {
        const low = distribution.quantile(Math.min(a, b));
        const high = distribution.quantile(Math.max(a, b));
        // Rounding may turn neighbours round.
        t.true(low <= high || near(low, high, 1e-12), `${low} <= ${high}`);
        t.true(low >= distribution.lower);
      }),
    );
  });

  test(`${name}: a sample is finite, is the quantile of the draw, and takes one draw`, (t) => {
    fc.assert(
      fc.property(members[key], draw, (distribution, p) => {
        const random = always(p);
        const sample = distribution.sample(random);
        t.is(random.drawn, 1);
        t.true(Number.isFinite(sample) && sample >= distribution.lower);
        if (p === 0 && Object.is(distribution.lower, 0)) t.false(Object.is(sample, -0));
        if (Number.isFinite(distribution.quantile(p))) t.is(sample, distribution.quantile(p));
        else t.is(p, 0);
      }),
    );
  });

  test(`${name}: its mean is the integral of its quantile function, and the mean of its samples`, (t) => {
    for (const distribution of samples[key]) {
      const { lower } = distribution;
      const mean = distribution.mean();
      t.true(
        near(
          integral((p) => distribution.quantile(p)),
          mean,
          2e-4,
        ),
        `${mean} from ${lower}`,
      );
      const count = 100_000;
      const random = seededRandom('means').fork(name);
      let sum = 0;
      let squares = 0;
      for (let k = 0; k < count; k++) {
        const value = distribution.sample(random);
        sum += value;
        squares += (value - mean) ** 2;
      }
      const standardError = Math.sqrt(squares) / count;
      t.true(Math.abs(sum / count - mean) <= 5 * standardError, `${sum / count} for ${mean}`);
    }
  });

  test(`${name}: says what it is, and describes every parameter for schemas`, (t) => {
    t.true(part.summary.endsWith('.') && part.source.length > 0);
    const { properties = {} } = z.toJSONSchema(part.parameters);
    t.true(Object.keys(properties).length > 0);
    for (const property of Object.values(properties))
      t.is(typeof (property as { description?: string }).description, 'string');
  });
}

test('names and aliases are all different', (t) => {
  const words = Object.entries(distributions).flatMap(([name, part]) => [
    name,
    ...('aliases' in part ? part.aliases : []),
  ]);
  t.is(new Set(words).size, words.length);
});

test('quantiles and means agree with SciPy and mpmath', (t) => {
  for (const [name, distribution, mean, quantiles] of goldens) {
    t.true(near(distribution.mean(), mean, 1e-13), `${name}: mean ${distribution.mean()} for ${mean}`);
    probabilities.forEach((p, i) => {
      // Near 1 a quantile is as uncertain as 1 − p is.
      const tolerance = p > 0.99 ? 1e-9 : 1e-13;
      const actual = distribution.quantile(p);
      t.true(near(actual, quantiles[i]!, tolerance), `${name}: ${actual} for ${quantiles[i]!} at ${p}`);
    });
  }
});

test('the normal distribution reaches 8.2 deviations to both sides and no further', (t) => {
  const distribution = normal(0, 1);
  t.true(near(distribution.quantile(2 ** -53), -8.209536151601387, 1e-14));
  t.true(near(distribution.quantile(1 - 2 ** -53), 8.209536151601387, 1e-14));
  t.is(distribution.quantile(0), -Infinity);
  t.is(distribution.sample(always(0)), distribution.quantile(2 ** -54));
  t.true(distribution.sample(always(0)) > -8.3);
});

test('degenerate parameters give constants', (t) => {
  for (const [distribution, value] of [
    [normal(3, 0), 3],
    [normal(3, 0, 3), 3],
    [lognormal(3, 0), 3],
    [uniform(3, 3), 3],
    [discrete([3], [7]), 3],
  ] as const) {
    t.is(distribution.mean(), value);
    t.is(distribution.lower, value);
    for (const p of [0, 0.5, 1 - 2 ** -53]) t.is(distribution.sample(always(p)), value);
  }
});

test('a Pareto mean is infinite for shapes up to 1', (t) => {
  t.is(pareto(1, 1).mean(), Infinity);
  t.is(pareto(1, 0.5).mean(), Infinity);
  t.is(pareto(1, 2).mean(), 2);
});

test('a discrete distribution takes each value on a share of [0, 1) that is its weight, smallest value first', (t) => {
  const distribution = discrete([30, 10, 20, 5], [1, 2, 1, 0]);
  const draws = [0, 0.25, 0.499, 0.5, 0.749, 0.75, 1 - 2 ** -53];
  t.deepEqual(
    draws.map((p) => distribution.quantile(p)),
    [10, 10, 10, 20, 20, 30, 30],
  );
  t.is(distribution.lower, 10);
  t.is(distribution.mean(), 17.5);
});

test('contradictory or impossible parameters are refused in one sentence with the value', (t) => {
  const refused: readonly (readonly [() => unknown, string])[] = [
    [() => uniform(2, 1), 'uniform: low must be at most high, got 2 and 1.'],
    [() => exponential(0), 'exponential: mean must be greater than 0, got 0.'],
    [() => normal(0, -1), 'normal: deviation must be at least 0, got -1.'],
    [() => normal(0, 1, 40), 'normal: min must lie less than 36 deviations above the mean, got 40 for 0 ± 1.'],
    [() => normal(0, 0, 1), 'normal: min must lie less than 36 deviations above the mean, got 1 for 0 ± 0.'],
    [() => lognormal(0, 1), 'lognormal: median must be greater than 0, got 0.'],
    [() => lognormal(1, -1), 'lognormal: sigma must be at least 0, got -1.'],
    [() => gamma(0, 1), 'gamma: shape must be greater than 0, got 0.'],
    [() => gamma(1, -2), 'gamma: scale must be greater than 0, got -2.'],
    [() => weibull(0, 1), 'weibull: scale must be greater than 0, got 0.'],
    [() => weibull(1, NaN), 'weibull: shape must be greater than 0, got NaN.'],
    [() => pareto(0, 1), 'pareto: minimum must be greater than 0, got 0.'],
    [() => pareto(1, 0), 'pareto: shape must be greater than 0, got 0.'],
    [() => discrete([1, 2], [1]), 'discrete: there must be a weight for each value, got 1 for 2.'],
    [() => discrete([1, 2], [1, -1]), 'discrete: weights must be finite numbers >= 0, got -1.'],
    [() => discrete([1, 2], [0, 0]), 'discrete: at least one weight must be positive, got [0, 0].'],
    [
      () => constant(NaN),
      'A distribution’s values must be finite numbers, but these parameters reach from NaN to NaN.',
    ],
    [
      () => lognormal(1, 100),
      'A distribution’s values must be finite numbers, but these parameters reach from 0 to Infinity.',
    ],
    [
      () => pareto(1, 0.01),
      'A distribution’s values must be finite numbers, but these parameters reach from 1 to Infinity.',
    ],
  ];
  for (const [make, message] of refused) t.throws(make, { instanceOf: RangeError, message });
});

test('the parameters of scenario files are checked one by one', (t) => {
  t.false(distributions.normal.parameters.safeParse({ mean: 1, deviation: -1 }).success);
  t.false(distributions.exponential.parameters.safeParse({ mean: 0 }).success);
  t.false(distributions.constant.parameters.safeParse({ value: Infinity }).success);
  t.false(distributions.discrete.parameters.safeParse({ values: [], weights: [] }).success);
  const options = distributions.normal.parameters.parse({ mean: 1, deviation: 2, min: 0 });
  t.is(distributions.normal.create(options).lower, 0);
  t.is(distributions.normal.create({ mean: 1, deviation: 2 }).lower, -Infinity);
});
