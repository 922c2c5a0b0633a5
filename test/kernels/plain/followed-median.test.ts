import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { followedMedian } from '../../../src/kernels/plain/followed-median.js';
import { MANY } from '../../../src/kernels/plain/running-mean.js';
import { weightedMedian } from '../../../src/kernels/plain/weighted-median.js';
import type { WeightedMedian } from '../../../src/kernels/vector-kernels.js';
import { telling } from '../telling.js';

const DIMENSION = 2;

/** The plain median, and how often it was asked. */
const counted = () => {
  const calls = { count: 0 };
  const scratch: WeightedMedian = (shape) => {
    const median = weightedMedian(shape);
    return (input, out) => {
      calls.count += 1;
      median(input, out);
    };
  };
  return { calls, scratch };
};

testProp(
  'the median is that from scratch, whether vectors change, are appended, or several at a time do',
  [
    fc.array(
      fc.tuple(fc.nat(MANY + 19), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.boolean()),
      { minLength: 1, maxLength: 60 },
    ),
  ],
  (t, changes) => {
    const shape = { count: MANY + 20, dimension: DIMENSION };
    const input = telling(MANY - 3, DIMENSION, (i, k) => (i * (k + 3)) % 17, shape.count);
    const followed = followedMedian(weightedMedian)(shape);
    const fresh = weightedMedian(shape);
    const [out, expected] = [new Float64Array(DIMENSION), new Float64Array(DIMENSION)];
    for (const [place, value, weight, silent] of changes) {
      input.change(Math.min(place, input.count), [value, -value / 3], weight);
      if (silent) continue;
      followed(input, out);
      fresh(input, expected);
      t.deepEqual([...out], [...expected]);
    }
    followed(input, out);
    fresh(input, expected);
    t.deepEqual([...out], [...expected]);
  },
);

test('it is asked from scratch for few vectors and where more than one has changed, and never else', (t) => {
  const { calls, scratch } = counted();
  const input = telling(MANY - 1, DIMENSION, (i, k) => i * (k + 1), MANY + 9);
  const median = followedMedian(scratch)({ count: MANY + 9, dimension: DIMENSION });
  const out = new Float64Array(DIMENSION);
  const asks = () => {
    const before = calls.count;
    median(input, out);
    return calls.count > before;
  };
  t.true(asks());
  input.change(3, [1, 1], 2);
  t.true(asks());
  // Two make it enough, but nobody knows which two.
  input.change(MANY - 1, [1, 1], 2);
  input.change(MANY, [1, 1], 2);
  t.true(asks());
  for (const place of [MANY + 1, 0, 5, 0]) {
    input.change(place, [2, 2], 3);
    t.false(asks());
    t.false(asks());
  }
  input.change(1, [1, 1], 2);
  input.change(2, [1, 1], 2);
  t.true(asks());
});

for (const [title, shape] of [
  ['few', { count: MANY - 1, dimension: 1 }],
  ['large', { count: 10_000, dimension: 1000 }],
] as const)
  test(`inputs that are ${title} are left to others`, (t) => {
    const own = () => undefined;
    t.is(followedMedian(() => own)(shape), own);
  });
