import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { ctma } from '../../src/weighted/ctma.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { aggregate, agree, anyCase, longest, meanOf, minus, norm, sum, type Case } from '../laws/cases.js';

const origin: AggregatorRule = () => (_input, out) => out.fill(0);

const trimmed = (lambda: number, base: AggregatorRule, values: readonly number[], weights: readonly number[]): number =>
  aggregate(ctma({ lambda })(base), { vectors: values.map((value) => [value]), weights })[0]!;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) < 1e-12;

test('whole vectors: of 0, 1, 2 and 10 around 1.5, a quarter is trimmed', (t) => {
  t.true(isNear(trimmed(0.25, weightedMedian(), [0, 1, 2, 10], [1, 1, 1, 1]), 1));
});

test('the boundary vector keeps part of its weight: 1 and 2 whole, 0.4 of the 0', (t) => {
  t.true(isNear(trimmed(0.4, weightedMedian(), [0, 1, 2, 10], [1, 1, 1, 1]), 3 / 2.4));
});

test('ties at the boundary keep equal proportions', (t) => {
  // 5 weighs 5, of which 3 are kept: the 0, and half of what −2 and 2 weigh.
  t.true(isNear(trimmed(0.4, origin, [-2, 2, 0], [1, 3, 1]), 2 / 3));
});

test('ties are recognised through rounding', (t) => {
  // The mean of 0.1 and 0.3 isn't exactly 0.2, nor equally far from both.
  t.true(isNear(trimmed(0.25, weightedMean(), [0.1, 0.3], [1, 1]), 0.2));
});

/** The definition, on vectors no two of which are equally far. */
const slow = (each: Case, lambda: number, anchor: readonly number[]): number[] => {
  const order = each.weights
    .map((weight, i) => ({ weight, x: each.vectors[i]!, distance: norm(minus(each.vectors[i]!, anchor)) }))
    .sort((a, b) => a.distance - b.distance);
  const whole = (1 - lambda) * sum(each.weights);
  let rest = whole;
  const result = anchor.map(() => 0);
  for (const { weight, x } of order) {
    const kept = Math.min(weight, rest);
    rest -= kept;
    x.forEach((value, k) => (result[k]! += (kept * value) / whole));
  }
  return result;
};

const apart = (each: Case, anchor: readonly number[]): boolean => {
  const distances = each.vectors.map((x) => norm(minus(x, anchor))).sort((a, b) => a - b);
  return distances.every((distance, i) => i === 0 || distance - distances[i - 1]! > 1e-6 * distance);
};

testProp(
  'the result is the one of the definition',
  [anyCase, fc.double({ min: 0, max: 0.499, noNaN: true })],
  (t, each, lambda) => {
    const anchor = aggregate(weightedMedian(), each);
    fc.pre(apart(each, anchor));
    t.true(agree(aggregate(ctma({ lambda })(weightedMedian()), each), slow(each, lambda, anchor), longest(each)));
  },
  { numRuns: 1000 },
);

testProp('trimming nothing gives the weighted mean', [anyCase], (t, each) => {
  t.true(agree(aggregate(ctma({ lambda: 0 })(weightedMedian()), each), meanOf(each), longest(each)));
});

testProp(
  'the result is no farther from the base’s than the farthest kept vector',
  [anyCase, fc.double({ min: 0, max: 0.499, noNaN: true })],
  (t, each, lambda) => {
    const anchor = aggregate(weightedMedian(), each);
    const byDistance = each.vectors
      .map((x, i) => ({ distance: norm(minus(x, anchor)), weight: each.weights[i]! }))
      .sort((a, b) => a.distance - b.distance);
    let inside = 0;
    const boundary = byDistance.find(
      ({ weight }) => (inside += weight) >= (1 - lambda) * sum(each.weights) * (1 - 1e-9),
    );
    const moved = norm(minus(aggregate(ctma({ lambda })(weightedMedian()), each), anchor));
    t.true(moved <= boundary!.distance * (1 + 1e-6) + 1e-9);
  },
);

test('vectors that are not finite are left out, for the base too; with none left the result is NaN', (t) => {
  t.is(trimmed(0.25, weightedMean(), [1, NaN, Infinity], [1, 1, 1]), 1);
  t.is(trimmed(0.25, weightedMean(), [NaN], [1]), NaN);
});

for (const lambda of [-0.1, 0.5, 1, NaN]) {
  test(`a trimmed share of ${lambda} is refused`, (t) => {
    t.throws(() => ctma({ lambda }), {
      instanceOf: RangeError,
      message: `ctma.lambda: the trimmed share is at least 0 and below 0.5, got ${lambda}`,
    });
  });
}
