import test from 'ava';
import { infinite } from '../../src/attacks/infinite.js';
import { nan } from '../../src/attacks/nan.js';
import { zero } from '../../src/attacks/zero.js';
import { lie, view } from './cases.js';

test('all coordinates have the one value', (t) => {
  t.deepEqual(lie(zero(), view([], [], 1), [1, NaN]), [0, 0]);
  t.deepEqual(lie(infinite(), view([], [], 1), [1, 2]), [Infinity, Infinity]);
  t.deepEqual(lie(nan(), view([], [], 1), [1, 2]), [NaN, NaN]);
});
