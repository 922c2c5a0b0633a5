import test from 'ava';
import { signFlipMean } from '../../src/attacks/sign-flip-mean.js';
import { lie, view } from './cases.js';

test('against 1 with weight 3 and 5 with weight 1 the lie is −2', (t) => {
  t.deepEqual(lie(signFlipMean(), view([[1], [5]], [3, 1], 1), [9]), [-2]);
});
