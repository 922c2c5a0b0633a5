import { fc } from '@fast-check/ava';
import test from 'ava';
import { drift } from '../../../src/attacks/servers/drift.js';
import { length, lieOf, minus, told, viewOf } from './cases.js';

const honest = [
  [1, -4, 0],
  [3, -2, 0],
  [8, -3, 0],
];

test('without a filter: the corner of the honest box towards the start, or a share of the way there', (t) => {
  t.deepEqual(told(lieOf(drift({ share: 1 }), 3), viewOf(honest)), [1, -2, 0]);
  t.deepEqual(told(lieOf(drift({ share: 0.5 }), 3), viewOf(honest)), [2.5, -2.5, 0]);
  const start = Float64Array.of(10, -10, 1);
  t.deepEqual(told(lieOf(drift({ share: 1 }), 3), viewOf(honest, { start })), [8, -4, 0]);
});

test('within the honest box whatever it is, on the side of the start of the mean', (t) => {
  const vectors = fc.array(
    fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(vectors, fc.double({ min: 0, max: 1, noNaN: true }), (models, share) => {
      const lie = told(lieOf(drift({ share }), 2), viewOf(models));
      for (const k of [0, 1]) {
        const values = models.map((each) => each[k]!);
        const mean = values.reduce((a, b) => a + b) / values.length;
        t.true(lie[k]! >= Math.min(...values) - 1e-9 && lie[k]! <= Math.max(...values) + 1e-9);
        if (mean !== 0) t.true((lie[k]! - mean) * Math.sign(mean) <= 1e-9);
      }
    }),
    { numRuns: 100 },
  );
});

test('with a filter: on its radius, straight back to the start', (t) => {
  const centre = Float64Array.of(5, 5, 5);
  const view = viewOf(honest, { tolerance: { centre, radius: 10 } });
  const lie = told(lieOf(drift({ share: 0.5 }), 3), view);
  const back = minus(lie, [5, 5, 5]);
  // The mean is (4, −3, 0), 5 from the start.
  [-4, 3, 0].forEach((value, k) => t.true(Math.abs(back[k]! - value) < 1e-12));
  t.true(Math.abs(length(back) - 5) < 1e-12);
});

test('with a filter and nothing to undo, or no room: its centre', (t) => {
  const centre = Float64Array.of(5, 5, 5);
  const idle = viewOf([[0, 0, 0]], { tolerance: { centre, radius: 10 } });
  t.deepEqual(told(lieOf(drift({ share: 1 }), 3), idle), [5, 5, 5]);
  t.deepEqual(told(lieOf(drift({ share: 1 }), 3), viewOf(honest, { tolerance: { centre, radius: 0 } })), [5, 5, 5]);
});
