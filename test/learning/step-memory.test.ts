import test from 'ava';
import fc from 'fast-check';
import { inner, stepMemory } from '../../src/learning/step-memory.js';
import { stream } from './stream.js';

const vector = (random: { next(): number }, length: number) =>
  Float64Array.from({ length }, () => 2 * random.next() - 1);

test('with nothing remembered the direction is the negative gradient', (t) => {
  const memory = stepMemory(3);
  const out = new Float64Array(2);
  memory.direction(Float64Array.of(2, -3), out);
  t.deepEqual([...out], [-2, 3]);
  memory.remember(Float64Array.of(1, 0), Float64Array.of(-1, 0));
  t.true(memory.empty(), 'a pair without positive curvature is left out');
});

test('the last change is mapped to the last step, and directions go down', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (length, pairs, seed) => {
      const random = stream(`memory ${seed}`);
      const memory = stepMemory(4);
      const scale = vector(random, length).map((value) => 1.5 + value);
      let last = { step: vector(random, length), change: vector(random, length) };
      for (let i = 0; i < pairs; i++) {
        const step = vector(random, length);
        last = { step, change: step.map((value, k) => scale[k]! * value) };
        memory.remember(last.step, last.change);
      }
      const out = new Float64Array(length);
      memory.direction(last.change, out);
      last.step.forEach((value, k) => t.true(Math.abs(out[k]! + value) < 1e-9));
      const gradient = vector(random, length);
      memory.direction(gradient, out);
      t.true(inner(gradient, out) < 0);
      memory.forget();
      t.true(memory.empty());
    }),
  );
});
