import test from 'ava';
import { signFlip } from '../../src/attacks/sign-flip.js';
import { lie, view } from './cases.js';

test('a worker sends the negative of its own vector', (t) => {
  t.deepEqual(lie(signFlip(), view([], [], 1), [1, -2.5]), [-1, 2.5]);
});

test('it needs its own vector and nothing else', (t) => {
  const rule = signFlip();
  t.true(rule.kind === 'vector' && rule.needsOwn && rule.knowledge === 'own');
});
