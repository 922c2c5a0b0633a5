import test from 'ava';
import { shiftBack } from '../../src/attacks/shift-back.js';
import { lie, view } from './cases.js';

const progress = { model: [3, -1], start: [1, 1], norm: 0 };

test('a majority leads the model back to where it began', (t) => {
  t.deepEqual(lie(shiftBack(), view([[5, 5]], [2], 3, { progress }), [9, 9]), [2, -2]);
  t.deepEqual(lie(shiftBack({ factor: 10 }), view([], [], 1, { progress }), [9, 9]), [20, -20]);
});

test('half of the updates is no majority: the worker behaves, unless it is to lie always', (t) => {
  const seen = view([[5, 5]], [3], 3, { progress });
  t.deepEqual(lie(shiftBack(), seen, [9, 8]), [9, 8]);
  t.deepEqual(lie(shiftBack({ when: 'always' }), seen, [9, 8]), [2, -2]);
});

test('a step of length 1/c from x is at x⁰', (t) => {
  const [c, lr] = [4, 1 / 4];
  const sent = lie(shiftBack({ factor: c }), view([], [], 1, { progress }), [0, 0]);
  t.deepEqual(sent.map((value, k) => progress.model[k]! - lr * value), progress.start); // prettier-ignore
});
