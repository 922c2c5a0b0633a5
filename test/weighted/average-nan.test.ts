import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { averageNan } from '../../src/weighted/average-nan.js';
import { newVector } from '../../src/weighted/index.js';
import { aggregate, agree, anyCase, longest, meanOf } from '../laws/cases.js';

test('each coordinate is the weighted mean of the numbers that are there', (t) => {
  const vectors = [
    [NaN, 1, NaN],
    [2, 4, -Infinity],
    [5, Infinity, 7],
  ];
  t.deepEqual(aggregate(averageNan(), { vectors, weights: [1, 2, 1] }), [3, 3, 7]);
});

test('a coordinate of which nothing is there is 0', (t) => {
  t.deepEqual(aggregate(averageNan(), { vectors: [[NaN, 1], [Infinity, 2]], weights: [1, 1] }), [0, 1.5]); // prettier-ignore
});

test('nothing of one input is left in the next', (t) => {
  const rule = averageNan()({ count: 2, dimension: 2, precision: 'float32' });
  const out = newVector('float32', 2);
  const given = (...vectors: number[][]) =>
    rule(
      {
        count: vectors.length,
        dimension: 2,
        vectors: vectors.map((x) => Float32Array.from(x)),
        weights: Float64Array.of(1, 3),
      },
      out,
    );
  given([1, 2], [3, NaN]);
  t.deepEqual([...out], [2.5, 2]);
  given([NaN, 8]);
  t.deepEqual([...out], [0, 8]);
});

testProp(
  'without holes it is the weighted mean',
  [anyCase],
  (t, each) => {
    t.true(agree(aggregate(averageNan(), each), meanOf(each), longest(each)));
  },
  { numRuns: 500 },
);

testProp(
  'whatever is missing, the result is finite, and in each coordinate within what is there, or 0',
  [anyCase, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })],
  (t, { vectors, weights }, lost) => {
    const holed = vectors.map((x, i) => x.map((value, k) => (lost[(7 * i + k) % lost.length] ? NaN : value)));
    const result = aggregate(averageNan(), { vectors: holed, weights });
    result.forEach((value, k) => {
      const there = holed.map((x) => x[k]!).filter((number) => !Number.isNaN(number));
      const slack = 1e-9 * Math.max(...there.map(Math.abs), 0);
      if (there.length === 0) t.is(value, 0);
      else t.true(value >= Math.min(...there) - slack && value <= Math.max(...there) + slack);
    });
  },
  { numRuns: 500 },
);
