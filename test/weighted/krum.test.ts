import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { krum } from '../../src/weighted/krum.js';
import type { KrumOptions } from '../../src/weighted/krum-scores.js';
import { multiKrum, type MultiKrumOptions } from '../../src/weighted/multi-krum.js';
import { aggregate, agree, integerCase, longest, sum, type Case } from '../laws/cases.js';
import { argmin, equalCase, meanAt, squaredDistance } from './equal-case.js';
import { line } from './line.js';

const scores = ({ vectors }: Case, neighbours: number, squared = true): number[] =>
  vectors.map((x, i) => {
    const distances = vectors.filter((_, j) => j !== i).map((y) => squaredDistance(x, y));
    const near = distances.sort((a, b) => a - b).slice(0, neighbours);
    return sum(squared ? near : near.map(Math.sqrt));
  });

test('of 0, 1, 3, 7 and 100, three neighbours or two or their distances decide', (t) => {
  // n − f − 2 = 2 others: 0: 1 + 9, 1: 1 + 4, 3: 4 + 9. n − f − 1 = 3 others: 1: 1 + 4 + 36, 3: 4 + 9 + 16.
  const each = line([0, 1, 3, 7, 100]);
  t.deepEqual(aggregate(krum({ f: 1 }), each), [1]);
  t.deepEqual(aggregate(krum({ f: 1, variant: 'byzfl' }), each), [3]);
  // 1 + 2 + 6 and 2 + 3 + 4 are equal, and the first is taken.
  t.deepEqual(aggregate(krum({ f: 1, variant: 'garfield' }), each), [1]);
});

for (const [variant, spare, without] of [
  ['published', 3, 2],
  ['byzfl', 1, 1],
  ['garfield', 3, 1],
] as const) {
  testProp(
    `${variant}: the vector is the one of the definition`,
    [equalCase(spare)],
    (t, each) => {
      const n = each.vectors.length;
      const values = scores(each, n - each.f - without, variant !== 'garfield');
      t.true(agree(aggregate(krum({ f: each.f, variant }), each), meanAt(each, [argmin(values)]), longest(each)));
    },
    { numRuns: 1000 },
  );

  testProp(
    `${variant}: Multi-Krum averages the best of the definition`,
    [equalCase(spare), fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined })],
    (t, each, wanted) => {
      const n = each.vectors.length;
      const most = Math.max(1, variant === 'byzfl' ? n - each.f : n - each.f - 2);
      const m = wanted && Math.min(wanted, most);
      const values = scores(each, n - each.f - without, variant !== 'garfield');
      const ranked = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
      const size = m ?? most;
      fc.pre(size === n || values[ranked[size]!]! > values[ranked[size - 1]!]! * (1 + 1e-6) + 1e-9);
      const expected = meanAt(each, ranked.slice(0, size));
      t.true(agree(aggregate(multiKrum({ f: each.f, variant, m }), each), expected, longest(each)));
    },
    { numRuns: 1000 },
  );
}

test('vectors with equal scores at the boundary share what is left', (t) => {
  // Scores of two neighbours: 1: 2, of 0 and 2: 1 + 4; m = 2 keeps half of each.
  t.deepEqual(aggregate(multiKrum({ f: 1, m: 2 }), line([0, 1, 2, 50, -60])), [1]);
  t.deepEqual(aggregate(multiKrum({ f: 1, m: 1 }), line([0, 1, 2, 50, -60])), [1]);
});

testProp(
  'byzfl’s by weight, on whole weights, is that of the copies',
  [integerCase],
  (t, each) => {
    const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
    const n = copies.length;
    const f = Math.floor((n - 1) / 3);
    const values = scores({ vectors: copies, weights: [] }, n - f - 1);
    const result = aggregate(krum({ lambda: f / n, variant: 'byzfl' }), each);
    t.true(agree(result, copies[argmin(values)]!, longest(each)));
  },
  { numRuns: 500 },
);

test('where fewer than 2f + 3 have arrived, as many as they allow are withstood', (t) => {
  const alone = krum({ f: 2 })({ count: 7, dimension: 1 });
  const many = multiKrum({ f: 2 })({ count: 7, dimension: 1 });
  const out = new Float64Array(1);
  for (const [values, nearest, mean] of [
    [[5], 5, 5],
    [[5, 9], 5, 7],
    [[0, 4, 5], 4, 4.5],
    [[0, 4, 5, 9], 4, 4.5],
    [[0, 4, 5, 6, 90], 5, 5],
    [[0, 4, 5, 6, 90, 91], 4, 5],
  ] as const) {
    const input = { count: values.length, dimension: 1, vectors: values.map((v) => [v]), weights: values.map(() => 2) };
    alone(input, out);
    t.is(out[0], nearest, values.join());
    many(input, out);
    t.is(out[0], mean, values.join());
  }
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  t.deepEqual(aggregate(krum({ f: 2 }), line([NaN, 1, 2, 3, Infinity, 2, 2.5])), [2]);
  t.deepEqual(aggregate(multiKrum({ f: 0 }), line([NaN, NaN, NaN])), [NaN]);
});

for (const [title, options, message] of [
  ['neither f nor lambda', {}, 'krum (published) needs f, the number of Byzantine vectors to withstand'],
  ['f and lambda', { f: 1, lambda: 0.1 }, 'krum takes either f, a number of vectors, or lambda, a share of the weight'],
  ['half a vector', { f: 0.5 }, 'krum.f: the number of Byzantine vectors is a whole number >= 0, got 0.5'],
  [
    'half of the weight',
    { lambda: 0.5, variant: 'byzfl' },
    'krum.lambda: the Byzantine share is at least 0 and below 0.5, got 0.5',
  ],
  [
    'a share for the published rule',
    { lambda: 0.1 },
    'krum (published) counts neighbours, which has no meaning by weight; give f, or lambda with variant: byzfl',
  ],
] as readonly (readonly [string, KrumOptions, string])[]) {
  test(`${title} is refused`, (t) => {
    t.throws(() => krum(options), { instanceOf: RangeError, message });
  });
}

test('shapes below the precondition, and unequal weights with f, are refused', (t) => {
  t.throws(() => krum({ f: 2 })({ count: 6, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'krum with f = 2 needs 7 workers or more, got 6',
  });
  t.throws(() => krum({ f: 2, variant: 'byzfl' }).affine?.(4), {
    message: 'krum with f = 2 needs 5 workers or more, got 4',
  });
  t.throws(() => aggregate(krum({ f: 0 }), line([1, 2, 3], [1, 1, 2])), {
    instanceOf: RangeError,
    message:
      'krum counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
  });
});

for (const [title, options, message] of [
  ['more than n − f − 2', { f: 1, m: 3 }, 'multi-krum with f = 1 and 5 workers averages at most 2, got m = 3'],
  [
    'more than n − f with byzfl',
    { f: 1, m: 5, variant: 'byzfl' },
    'multi-krum with f = 1 and 5 workers averages at most 4, got m = 5',
  ],
  [
    'a number where weights are shared',
    { lambda: 0.1, m: 2, variant: 'byzfl' },
    'multi-krum.m: the number of vectors to average is a whole number >= 1, given with f; got 2',
  ],
] as readonly (readonly [string, MultiKrumOptions, string])[]) {
  test(`to average ${title} is refused`, (t) => {
    t.throws(() => multiKrum(options)({ count: 5, dimension: 1 }), { instanceOf: RangeError, message });
  });
}
