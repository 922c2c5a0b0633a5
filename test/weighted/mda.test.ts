import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { mda } from '../../src/weighted/mda.js';
import { smallestDiameter } from '../../src/weighted/smallest-diameter.js';
import { aggregate, agree, longest } from '../laws/cases.js';
import { argmin, equalCase, meanAt, squaredDistance, subsets } from './equal-case.js';
import { line, ofFirstArrivals } from './line.js';

test('of 0, 4, 5, 7 and 50, the three from 4 to 7 lie closest', (t) => {
  t.deepEqual(aggregate(mda({ f: 2 }), line([0, 4, 5, 7, 50])), [16 / 3]);
  t.deepEqual(aggregate(mda({ f: 0 }), line([1, 2, 6])), [3]);
});

test('of several sets with one diameter the first is taken', (t) => {
  t.deepEqual(aggregate(mda({ f: 1 }), line([0, 10, 20])), [5]);
  t.deepEqual(aggregate(mda({ f: 1 }), line([20, 10, 0])), [15]);
});

testProp(
  'the result is that of the first of all sets with the least diameter',
  [equalCase(1)],
  (t, each) => {
    const sets = subsets(each.vectors.length, each.vectors.length - each.f);
    const diameters = sets.map((set) =>
      Math.max(0, ...set.flatMap((i) => set.map((j) => squaredDistance(each.vectors[i]!, each.vectors[j]!)))),
    );
    const expected = meanAt(each, sets[argmin(diameters)]!);
    t.true(agree(aggregate(mda({ f: each.f }), each), expected, longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'many vectors in two clusters: the larger one is found',
  [fc.integer({ min: 1, max: 32 }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }))],
  (t, f, stream) => {
    const n = 2 * f + 1;
    const places = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0 : 10) + (stream.next().value as number));
    const squared = Float64Array.from(places.flatMap((a) => places.map((b) => (a - b) ** 2)));
    const kept = new Uint8Array(n);
    smallestDiameter(n)(squared, n, f, kept);
    t.true(places.every((place, i) => kept[i] === Number(place < 5)));
  },
  { numRuns: 50 },
);

test('where fewer than 2f + 1 have arrived, the closest majority is averaged', (t) => {
  t.true(agree(ofFirstArrivals(mda({ f: 2 })), [7, 4, 1.5, 7 / 3], 7));
});

test('vectors that are not finite are left out', (t) => {
  t.deepEqual(aggregate(mda({ f: 2 }), line([NaN, 4, 5, 6, Infinity])), [4.5]);
});

test('what cannot be withstood is refused, and unequal weights', (t) => {
  t.throws(() => mda({ f: 33 }), { message: 'mda.f: the exact search leaves out at most 32, got 33' });
  t.throws(() => mda({ f: -1 }), { instanceOf: RangeError });
  t.throws(() => mda({ f: 2 })({ count: 4, dimension: 1 }), {
    message: 'mda with f = 2 needs 5 workers or more, got 4',
  });
  t.throws(() => aggregate(mda({ f: 1 }), line([1, 2, 3], [1, 1, 2])), {
    instanceOf: RangeError,
    message: 'mda counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
  });
});
