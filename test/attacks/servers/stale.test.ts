import { fc } from '@fast-check/ava';
import test from 'ava';
import { stale } from '../../../src/attacks/servers/stale.js';
import { lieOf, told, viewOf } from './cases.js';

const start = Float64Array.of(-7);
/** What a reader at a step is sent, where the server would have sent its step. */
const at = (lie: ReturnType<typeof lieOf>, step: number): number =>
  told(lie, viewOf([[0]], { step, start }), [step])[0]!;

test('a reader is sent what the server would have sent so many steps ago, the start before that', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), (age) => {
      const lie = lieOf(stale({ age }), 1);
      for (let step = 0; step < 40; step++) t.is(at(lie, step), step < age ? -7 : step - age);
    }),
    { numRuns: 12 },
  );
});

test('readers up to two steps behind another are sent models of the right age; others the oldest that is remembered', (t) => {
  const lie = lieOf(stale({ age: 3 }), 1);
  for (let step = 0; step <= 20; step++) at(lie, step);
  t.deepEqual(
    [20, 19, 18, 17, 10].map((step) => at(lie, step)),
    [17, 16, 15, 15, 15],
  );
});

test('what is read first of a step counts, and steps that nobody read are stood for by the ones before', (t) => {
  const lie = lieOf(stale({ age: 2 }), 1);
  told(lie, viewOf([[0]], { step: 1, start }), [100]);
  told(lie, viewOf([[0]], { step: 1, start }), [200]);
  t.is(at(lie, 3), 100);
  t.is(at(lie, 4), 100);
});

test('it says how many vectors it claims', (t) => {
  t.is(stale({ age: 5 }).vectors, 8);
});
