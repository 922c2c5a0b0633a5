import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { aggregate, agree, anyCase, longest, meanOf } from '../laws/cases.js';

test('the mean of 1 and 4 with weights 1 and 2 is 3', (t) => {
  t.deepEqual(aggregate(weightedMean(), { vectors: [[1], [4]], weights: [1, 2] }), [3]);
});

testProp(
  'the mean is Σs_i·x_i / Σs_i',
  [anyCase],
  (t, each) => {
    t.true(agree(aggregate(weightedMean(), each), meanOf(each), longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'long vectors are averaged to their last coordinate',
  [fc.integer({ min: 500, max: 1100 })],
  (t, dimension) => {
    const vectors = [0, 1, 2].map((i) => Array.from({ length: dimension }, (_, k) => k * (i + 1)));
    const result = aggregate(weightedMean(), { vectors, weights: [1, 1, 2] });
    t.true(result.every((value, k) => Math.abs(value - k * 2.25) < 1e-9));
  },
);

test('a NaN makes its own coordinate NaN and no other', (t) => {
  t.deepEqual(
    aggregate(weightedMean(), {
      vectors: [
        [NaN, 1],
        [2, 3],
      ],
      weights: [1, 1],
    }),
    [NaN, 2],
  );
});
