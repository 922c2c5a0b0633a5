import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { mimic } from '../../src/attacks/mimic.js';
import { crowd, lie, view } from './cases.js';

test('the first honest worker is copied, or another', (t) => {
  t.deepEqual(lie(mimic(), view([[1], [4]], [1, 1], 1), [9]), [1]);
  t.deepEqual(lie(mimic({ place: 1 }), view([[1], [4]], [1, 1], 1), [9]), [4]);
});

testProp('what is sent is an honest vector', [crowd, fc.nat(9)], (t, { vectors, weights }, place) => {
  const lies = lie(mimic({ place }), view(vectors, weights, 1), [0, 0, 0]);
  t.true(vectors.some((vector) => vector.every((value, k) => value === lies[k])));
});
