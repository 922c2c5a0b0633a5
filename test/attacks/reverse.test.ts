import test from 'ava';
import { reverse } from '../../src/attacks/reverse.js';
import { lie, view } from './cases.js';

test('a worker sends a hundred times the negative of its own vector, unless told', (t) => {
  t.deepEqual(lie(reverse(), view([], [], 1), [1, -2.5]), [-100, 250]);
  t.deepEqual(lie(reverse({ factor: 10 }), view([], [], 1), [1, -2.5]), [-10, 25]);
});
