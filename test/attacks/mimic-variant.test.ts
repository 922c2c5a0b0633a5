import { testProp } from '@fast-check/ava';
import test from 'ava';
import { mimicVariant } from '../../src/attacks/mimic-variant.js';
import { atWork, crowd, lie, view } from './cases.js';

testProp('what is sent is an honest vector', [crowd], (t, { vectors, weights }) => {
  const lies = lie(mimicVariant(), view(vectors, weights, 1), [0, 0, 0]);
  t.true(vectors.some((vector) => vector.every((value, k) => value === lies[k])));
});

const wide = [[10, 0.1], [-10, 0.2], [9, -0.3]]; // prettier-ignore

test('it is at an end of the direction in which they differ most', (t) => {
  const attack = atWork(mimicVariant({ warmup: 50 }), 2);
  const out = new Float64Array(2);
  for (let step = 0; step < 50; step++) attack(view(wide, [1, 1, 1], 1, { step }), out);
  t.is(Math.abs(out[0]!), 10);
});

test('after the warm-up the direction stays', (t) => {
  const attack = atWork(mimicVariant({ warmup: 20 }), 2);
  const out = new Float64Array(2);
  for (let step = 0; step < 20; step++) attack(view(wide, [1, 1, 1], 1, { step }), out);
  const side = Math.sign(out[0]!);
  // These differ in the other coordinate only.
  const tall = [[side, 100], [-side, -100], [0, 90]]; // prettier-ignore
  for (let step = 20; step < 60; step++) attack(view(tall, [1, 1, 1], 1, { step }), out);
  t.not(Math.sign(out[0]!), -side);
});

test('what several see at one step is learned once', (t) => {
  const [often, once] = [atWork(mimicVariant({ warmup: 2 }), 2), atWork(mimicVariant({ warmup: 2 }), 2)];
  const skewed = [[1, 1], [-1, -1], [1, -1.1], [-1, 1.1]]; // prettier-ignore
  const out = [new Float64Array(2), new Float64Array(2)] as const;
  for (let i = 0; i < 5; i++) often(view(wide, [1, 1, 1], 1, { step: 0 }), out[0]);
  once(view(wide, [1, 1, 1], 1, { step: 0 }), out[1]);
  often(view(skewed, [1, 1, 1, 1], 1, { step: 1 }), out[0]);
  once(view(skewed, [1, 1, 1, 1], 1, { step: 1 }), out[1]);
  t.deepEqual(out[0], out[1]);
});
