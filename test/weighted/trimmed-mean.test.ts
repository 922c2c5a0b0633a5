import { testProp } from '@fast-check/ava';
import test from 'ava';
import { trimmedMean } from '../../src/weighted/trimmed-mean.js';
import type { Tolerance } from '../../src/weighted/tolerance.js';
import { aggregate, agree, integerCase, longest, sum, varianceOf, type Case } from '../laws/cases.js';
import { equalCase } from './equal-case.js';
import { ofFirstArrivals } from './line.js';

const trimmed = (options: Tolerance, values: readonly number[], weights = values.map(() => 1)): number =>
  aggregate(trimmedMean(options), { vectors: values.map((value) => [value]), weights })[0]!;

test('of 1 to 5 and two liars, one value is trimmed from either end', (t) => {
  t.is(trimmed({ f: 1 }, [1, 2, 3, 4, 1000]), 3);
  t.is(trimmed({ f: 2 }, [-1000, 2, 3, 4, 1000]), 3);
  t.is(trimmed({ f: 0 }, [1, 2, 6]), 3);
});

test('a share of the weight is trimmed, values at the boundary in part', (t) => {
  // Of 10, 2.5 go from either end: 1 and half of the 2, and two thirds of what 9 weighs.
  t.true(Math.abs(trimmed({ lambda: 0.25 }, [9, 1, 2, 5], [3, 1, 3, 3]) - (1.5 * 2 + 3 * 5 + 0.5 * 9) / 5) < 1e-12);
});

/** The definition: copies sorted, the first f and the last f left out. */
const slow = ({ vectors, weights }: Case, f: number): number[] =>
  vectors[0]!.map((_, k) => {
    const sorted = vectors
      .flatMap((x, i) => Array.from({ length: weights[i]! }, () => x[k]!))
      .sort((a, b) => a - b)
      .slice(f);
    return sum(sorted.slice(0, sorted.length - f)) / (sorted.length - f);
  });

testProp(
  'with f the result is the one of the definition',
  [equalCase(1)],
  (t, each) => {
    t.true(agree(aggregate(trimmedMean({ f: each.f }), each), slow(each, each.f), longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'a share of whole weights trims as many copies',
  [integerCase],
  (t, each) => {
    const all = sum(each.weights);
    const f = Math.floor((all - 1) / 3);
    t.true(agree(aggregate(trimmedMean({ lambda: f / all }), each), slow(each, f), longest(each)));
  },
  { numRuns: 1000 },
);

test('λ/(1−2λ) is attained: liars above, honest values at 0 but for a share λ/(1−λ) far below', (t) => {
  const lambda = 0.2;
  const honest = { vectors: [[-4], [1]], weights: [lambda, 1 - 2 * lambda] };
  const mean = (1 - 2 * lambda - 4 * lambda) / (1 - lambda);
  const ratio = (trimmed({ lambda }, [-4, 1, 1], [lambda, 1 - 2 * lambda, lambda]) - mean) ** 2 / varianceOf(honest);
  t.true(Math.abs(ratio - lambda / (1 - 2 * lambda)) < 1e-9, `${ratio}`);
});

test('where fewer than 2f + 1 have arrived, the result is their median', (t) => {
  t.deepEqual(ofFirstArrivals(trimmedMean({ f: 2 })), [7, 4, 2, 3]);
});

test('non-finite values are trimmed like any others', (t) => {
  t.is(trimmed({ f: 2 }, [NaN, Infinity, 1, 2, 3]), 3);
  t.is(trimmed({ f: 1 }, [-Infinity, NaN, 1, 2, 3]), 2);
  t.is(trimmed({ lambda: 0.2 }, [-Infinity, 1, 2, 3, Infinity]), 2);
});
