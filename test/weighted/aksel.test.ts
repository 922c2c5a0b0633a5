import { testProp } from '@fast-check/ava';
import test from 'ava';
import { honestOf } from '../../src/testing/configuration.js';
import { aksel, type AkselOptions } from '../../src/weighted/aksel.js';
import {
  aggregate,
  agree,
  attack,
  integerCase,
  longest,
  minus,
  meanOf,
  norm,
  sum,
  varianceOf,
  type Case,
} from '../laws/cases.js';
import { differenceOfForms } from './both-forms.js';
import { equalCase, squaredDistance } from './equal-case.js';
import { line, ofFirstArrivals } from './line.js';
import { copiesOf, meanOfNearest } from './mean-of-nearest.js';

test('the three of five, or four, nearest to the median are averaged', (t) => {
  const each = line([0, 8, 10, 11, 15]);
  t.deepEqual(aggregate(aksel({ f: 1 }), each), [29 / 3]);
  t.deepEqual(aggregate(aksel({ f: 2 }), each), [29 / 3]);
  t.deepEqual(aggregate(aksel({ f: 1, variant: 'n-f' }), each), [11]);
});

test('of an even number half are averaged, around the median of each coordinate', (t) => {
  // The median is (1, 1), at squared distances 2, 9, 16 and, from the last, 1 + 0.
  const vectors = [[0, 0], [4, 1], [1, 5], [2, 1]]; // prettier-ignore
  t.deepEqual(aggregate(aksel({ f: 1 }), { vectors, weights: [1, 1, 1, 1] }), [1, 0.5]);
});

test('vectors at the boundary distance share what is left', (t) => {
  t.deepEqual(aggregate(aksel({ f: 1 }), line([-4, 0, 4, 100, -100])), [0]);
});

test('a share of the weight is averaged, the vector at the boundary in part', (t) => {
  // Of 8, 6 are kept around the median 5: 4 at 5, 1 at 4, and half of the 2 at 1.
  const [value] = aggregate(aksel({ lambda: 0.25, variant: 'n-f' }), line([5, 1, 4, 20], [4, 2, 1, 1]));
  t.true(Math.abs(value! - 25 / 6) < 1e-12);
});

/** The definition on copies. */
const slow = (each: Case, kept: (n: number) => number): number[] => {
  const copies = copiesOf(each);
  const n = copies.vectors.length;
  const median = copies.vectors[0]!.map((_, k) => {
    const sorted = copies.vectors.map((x) => x[k]!).sort((a, b) => a - b);
    return (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
  });
  const distances = copies.vectors.map((x) => squaredDistance(x, median));
  return meanOfNearest(copies, distances, kept(n));
};

testProp(
  'mid: the result is the one of the definition',
  [equalCase(1)],
  (t, each) => {
    const expected = slow(each, (n) => Math.ceil(n / 2));
    t.true(agree(aggregate(aksel({ f: each.f }), each), expected, longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'n-f: the result is the one of the definition',
  [equalCase(1)],
  (t, each) => {
    const expected = slow(each, (n) => n - each.f);
    t.true(agree(aggregate(aksel({ f: each.f, variant: 'n-f' }), each), expected, longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'n-f: a share of whole weights keeps as many copies',
  [integerCase],
  (t, each) => {
    const all = sum(each.weights);
    const f = Math.floor((all - 1) / 3);
    const expected = slow(each, (n) => n - f);
    t.true(agree(aggregate(aksel({ lambda: f / all, variant: 'n-f' }), each), expected, longest(each)));
  },
  { numRuns: 1000 },
);

testProp('n-f has the sharper constant 8λ/(1−2λ)', [attack], (t, each) => {
  const error = norm(minus(aggregate(aksel({ lambda: each.lambda, variant: 'n-f' }), each), meanOf(honestOf(each))));
  const bound = Math.sqrt(((8 * each.lambda) / (1 - 2 * each.lambda)) * varianceOf(honestOf(each)));
  t.true(error <= bound * (1 + 1e-6) + 1e-8 * (1 + longest(honestOf(each))));
});

test('where fewer than 2f + 1 have arrived, half of them are averaged, or the nearest majority', (t) => {
  t.deepEqual(ofFirstArrivals(aksel({ f: 2 })), [7, 4, 1.5, 3]);
  t.true(agree(ofFirstArrivals(aksel({ f: 2, variant: 'n-f' })), [7, 4, 1.5, 7 / 3], 7));
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  t.deepEqual(aggregate(aksel({ f: 2 }), line([NaN, 4, 5, 9, Infinity])), [4.5]);
  t.deepEqual(aggregate(aksel({ f: 0 }), line([NaN, NaN])), [NaN]);
});

test('the SIMD form is the plain one', (t) => {
  for (const variant of ['mid', 'n-f'] as const) {
    t.true(differenceOfForms(aksel({ f: 3, variant }), 'float32', 11) < 1e-6);
    t.true(differenceOfForms(aksel({ f: 3, variant }), 'float64', 11) < 1e-14);
  }
});

for (const [title, options, message] of [
  ['neither f nor lambda', {}, 'aksel (mid) needs f, the number of Byzantine vectors to withstand'],
  [
    'a share for the published rule',
    { lambda: 0.1 },
    'aksel (mid) counts half of the vectors, which has no meaning by weight; give f, or lambda with variant: n-f',
  ],
  ['half a vector', { f: 0.5 }, 'aksel.f: the number of Byzantine vectors is a whole number >= 0, got 0.5'],
] as readonly (readonly [string, AkselOptions, string])[])
  test(`${title} is refused`, (t) => {
    t.throws(() => aksel(options), { instanceOf: RangeError, message });
  });

test('shapes below the precondition, and unequal weights with f, are refused', (t) => {
  t.throws(() => aksel({ f: 2 })({ count: 4, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'aksel with f = 2 needs 5 workers or more, got 4',
  });
  for (const variant of ['mid', 'n-f'] as const)
    t.throws(() => aggregate(aksel({ f: 1, variant }), line([1, 2, 3], [1, 1, 2])), {
      message:
        'aksel counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
    });
});
