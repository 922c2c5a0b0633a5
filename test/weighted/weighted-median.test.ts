import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { aggregate, sum, varianceOf } from '../laws/cases.js';

const median = (values: readonly number[], weights: readonly number[]): number =>
  aggregate(weightedMedian(), { vectors: values.map((value) => [value]), weights })[0]!;

/** The definition, on weights whose sums are exact. */
const slowMedian = (values: readonly number[], weights: readonly number[]): number => {
  const sorted = values.map((value, i) => ({ value, weight: weights[i]! })).sort((a, b) => a.value - b.value);
  const half = sum(weights) / 2;
  let below = 0;
  for (const [j, { value, weight }] of sorted.entries()) {
    below += weight;
    if (below > half) return value;
    if (below === half) return (value + sorted[j + 1]!.value) / 2;
  }
  return NaN;
};

for (const [title, values, weights, expected] of [
  ['an odd number of equal weights has its middle value', [5, 1, 3], [1, 1, 1], 3],
  ['an even number has the midpoint of its middle values', [4, 1, 2, 9], [1, 1, 1, 1], 3],
  ['weight counts, not number', [1, 2, 3], [1, 1, 3], 3],
  ['exactly half of the weight gives the midpoint to the next value', [1, 2, 7], [1, 1, 2], 4.5],
  ['half of the weight is recognised through rounding', [1, 2, 7], [0.1, 0.2, 0.3], 4.5],
  ['one value is the median', [8], [0.5], 8],
  ['NaN counts as +∞', [NaN, 1, 2], [1, 1, 1], 2],
  ['infinite values on both sides leave the middle', [-Infinity, Infinity, 2], [1, 1, 1], 2],
] as const) {
  test(title, (t) => {
    t.is(median(values, weights), expected);
  });
}

const entries = fc.array(
  fc.record({
    value: fc.oneof(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1024),
    ),
    weight: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 80 },
);

testProp(
  'the median is the one of the definition, for few values and many',
  [entries],
  (t, many) => {
    const values = many.map(({ value }) => value);
    const weights = many.map(({ weight }) => weight);
    t.is(median(values, weights) + 0, slowMedian(values, weights) + 0);
  },
  { numRuns: 1000 },
);

test('1/(1−2λ) is attained: liars far above, honest weight just below half at 0, the rest at 1', (t) => {
  const lambda = 0.3;
  const below = 0.4999;
  const weights = [below, 1 - lambda - below, lambda];
  const honest = { vectors: [[0], [1]], weights: weights.slice(0, 2) };
  const mean = weights[1]! / (1 - lambda);
  const ratio = (median([0, 1, 1e9], weights) - mean) ** 2 / varianceOf(honest);
  t.true(ratio > 2.49 && ratio <= 2.5, `${ratio}`);
});
