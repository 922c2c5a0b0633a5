import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { honestOf } from '../../src/testing/configuration.js';
import { arc } from '../../src/weighted/arc.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { aggregate, agree, integerCase, longest, norm, siege, sum, type Case } from '../laws/cases.js';
import { equalCase } from './equal-case.js';
import { line, ofFirstArrivals } from './line.js';

test('of 1 to 5 with f = 1, ⌊1.6⌋ = 1 is shortened to 4; with f = 2, ⌊2.4⌋ = 2 to 3', (t) => {
  t.true(agree(aggregate(arc({ f: 1 })(weightedMean()), line([1, -2, 3, -4, 5])), [0.4], 1));
  t.true(agree(aggregate(arc({ f: 2 })(weightedMean()), line([1, 2, 3, 4, 5])), [2.4], 1));
});

test('by weight: λ = 0.25 shortens at most 3/8 of it', (t) => {
  // 5/8 of 8 lies within 2; from 2 on, all is shortened to it.
  t.deepEqual(aggregate(arc({ lambda: 0.25 })(weightedMean()), line([1, 2, 9, 4], [4, 1, 1, 2])), [1.5]);
  // A vector in which the boundary lies stays as it is.
  t.deepEqual(aggregate(arc({ lambda: 0.25 })(weightedMean()), line([1, 9, 90], [4, 3, 1])), [(4 + 27 + 9) / 8]);
});

/** The definition on copies: the k longest get the length of the next. */
const slow = ({ vectors, weights }: Case, f: number): Case => {
  const copies = vectors.flatMap((x, i) => Array.from({ length: weights[i]! }, () => x));
  const n = copies.length;
  const k = Math.floor(((2 * f) / n) * (n - f) + 1e-9);
  const radius = copies.map(norm).sort((a, b) => a - b)[n - k - 1]!;
  const shortened = copies.map((x) => x.map((v) => (norm(x) > radius ? (v * radius) / norm(x) : v)));
  return { vectors: shortened, weights: copies.map(() => 1) };
};

for (const [name, base] of [
  ['mean', weightedMean()],
  ['median', weightedMedian()],
] as const) {
  testProp(
    `over the ${name} the result is the one of the definition`,
    [equalCase(1)],
    (t, each) => {
      const expected = aggregate(base, slow(each, each.f));
      t.true(agree(aggregate(arc({ f: each.f })(base), each), expected, longest(each)));
    },
    { numRuns: 1000 },
  );
  testProp(
    `over the ${name} a share of whole weights shortens as many copies`,
    [integerCase],
    (t, each) => {
      const all = sum(each.weights);
      const f = Math.floor((all - 1) / 3);
      const expected = aggregate(base, slow(each, f));
      t.true(agree(aggregate(arc({ lambda: f / all })(base), each), expected, longest(each)));
    },
    { numRuns: 1000 },
  );
}

testProp('no vector is longer than the longest honest one, so neither is a mean of them', [siege], (t, each) => {
  const result = aggregate(arc({ lambda: Math.min(0.499, each.lambda) })(weightedMean()), each);
  t.true(norm(result) <= longest(honestOf(each)) * (1 + 1e-8));
});

testProp('the inputs are left alone', [equalCase(1), fc.boolean()], (t, each, single) => {
  const vectors = each.vectors.map((x) => (single ? Float32Array.from(x) : Float64Array.from(x)));
  const before = vectors.map((x) => [...x]);
  const shape = { count: vectors.length, dimension: vectors[0]!.length };
  arc({ f: each.f })(weightedMean())(shape)(
    { ...shape, vectors, weights: each.weights },
    new Float64Array(shape.dimension),
  );
  t.deepEqual(vectors.map((x) => [...x]), before); // prettier-ignore
});

test('vectors of 0 and a radius of 0 do no harm', (t) => {
  t.deepEqual(aggregate(arc({ f: 1 })(weightedMean()), line([0, 0, 8])), [0]);
  t.deepEqual(aggregate(arc({ f: 1 })(weightedMean()), line([0, 0, 0])), [0]);
});

test('where fewer than 2f + 1 have arrived, as many are withstood as they allow', (t) => {
  // 7; 7 and 1; 7, 1, 2: ⌊4/3⌋ = 1 is shortened; 7, 1, 2, 4: ⌊3/2⌋ = 1.
  t.true(agree(ofFirstArrivals(arc({ f: 2 })(weightedMean())), [7, 4, 5 / 3, 11 / 4], 1));
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  t.deepEqual(aggregate(arc({ f: 1 })(weightedMean()), line([NaN, 2, 2])), [2]);
  t.deepEqual(aggregate(arc({ lambda: 0.1 })(weightedMean()), line([NaN])), [NaN]);
});

test('what cannot be withstood is refused, and unequal weights with f', (t) => {
  t.throws(() => arc({ f: 1, lambda: 0.1 }), { instanceOf: RangeError });
  t.throws(() => arc({ f: 2 })(weightedMean())({ count: 4, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'arc with f = 2 needs 5 workers or more, got 4',
  });
  t.throws(() => aggregate(arc({ f: 1 })(weightedMean()), line([1, 2, 3], [1, 1, 2])), {
    message: 'arc counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
  });
});
