import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { little } from '../../src/attacks/little.js';
import { zMax } from '../../src/attacks/z-max.js';
import { crowd, lie, repeated, view } from './cases.js';

test('of 1 and 3 with weights 3 and 1 the lie is 1.5 − z·√0.75', (t) => {
  t.deepEqual(lie(little({ z: 2 }), view([[1], [3]], [3, 1], 1), [9]), [1.5 - 2 * Math.sqrt(0.75)]);
});

test('with one taken off the number of updates σ² = 3/(4 − 1); ByzFL’s sign is the other', (t) => {
  t.deepEqual(lie(little({ z: 1, ddof: 1 }), view([[1], [3]], [3, 1], 1), [9]), [0.5]);
  t.deepEqual(lie(little({ z: -1.5, ddof: 1 }), view([[1], [3]], [3, 1], 1), [9]), [3]);
});

test('the deviation of one update less one is 0', (t) => {
  t.deepEqual(lie(little({ z: 1, ddof: 1 }), view([[5]], [1], 1), [9]), [5]);
});

test('by default z is the largest that goes unnoticed, by numbers of updates', (t) => {
  const [value] = lie(little(), view([[0], [2]], [6, 6], 8), [9]);
  t.is(value, 1 - zMax(20, 8));
});

test('without weights, 1 and 3 are as frequent, and z is by workers: 2 honest, 1 liar', (t) => {
  const rule = little({ weights: 'uniform' });
  t.deepEqual(lie(rule, view([[1], [3]], [30, 1], 8), [9]), [2 - zMax(3, 1)]);
  t.deepEqual(lie(little({ z: 2, weights: 'uniform' }), view([[1], [3]], [30, 1], 8), [9]), [0]);
});

testProp(
  '|lie − μ| is z·σ in each coordinate',
  [crowd, fc.integer({ min: -3, max: 3 })],
  (t, { vectors, weights }, z) => {
    const lies = lie(little({ z }), view(vectors, weights, 1), [0, 0, 0]);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    lies.forEach((value, k) => {
      const mean = vectors.reduce((sum, x, i) => sum + (weights[i]! * x[k]!) / total, 0);
      const variance = vectors.reduce((sum, x, i) => sum + (weights[i]! * (x[k]! - mean) ** 2) / total, 0);
      t.true(
        Math.abs(Math.abs(value - mean) - Math.abs(z) * Math.sqrt(variance)) < 1e-9 * (1 + Math.abs(mean) + variance),
      );
    });
  },
);

testProp('weights mean the same as repeats', [crowd, fc.integer({ min: 0, max: 9 })], (t, each, byzantine) => {
  const copies = repeated(each);
  const weighted = lie(little(), view(each.vectors, each.weights, byzantine), [0, 0, 0]);
  const unweighted = lie(little(), view(copies, copies.map(() => 1), byzantine), [0, 0, 0]); // prettier-ignore
  weighted.forEach((value, k) => {
    t.true(Math.abs(value - unweighted[k]!) < 1e-8);
  });
});

test('before an honest vector is at the server the lie is 0', (t) => {
  t.deepEqual(lie(little(), view([], [], 1), [1, 2]), [0, 0]);
});
