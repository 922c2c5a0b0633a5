import { fc } from '@fast-check/ava';
import test from 'ava';
import { equivocate } from '../../../src/attacks/servers/equivocate.js';
import { length, lieOf, minus, told, viewOf } from './cases.js';

const honest = [
  [3, 4],
  [3, 6],
];
const each = { distance: 2, scale: 'progress', readers: 'each' } as const;

const about = (t: { true(value: boolean, message?: string): void }, a: number, b: number): void =>
  t.true(Math.abs(a - b) <= 1e-12 * (1 + Math.abs(b)), `${a} is not ${b}`);

test('lies are so many units from the honest mean: of what training has come, or of the diameter', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.double({ min: 0, max: 100, noNaN: true }), (reader, distance) => {
      const view = viewOf(honest, { reader });
      const of = (scale: 'progress' | 'diameter'): number =>
        length(minus(told(lieOf(equivocate({ ...each, distance, scale }), 2), view), [3, 5]));
      about(t, of('progress'), distance * Math.sqrt(34));
      about(t, of('diameter'), distance * 2);
    }),
    { numRuns: 30 },
  );
  const view = viewOf(honest, { start: Float64Array.of(3, 4) });
  about(t, length(minus(told(lieOf(equivocate(each), 2), view), [3, 5])), 2);
});

test('each reader has a direction of its own, which stays the same, and which all liars share', (t) => {
  const [one, other] = [lieOf(equivocate(each), 2), lieOf(equivocate(each), 2)];
  const at = (reader: number, step = 1) => viewOf(honest, { reader, step });
  const first = told(one, at(1));
  t.notDeepEqual(first, told(one, at(2)));
  t.deepEqual(first, told(one, at(1, 9)));
  t.deepEqual(first, told(other, at(1)));
  t.notDeepEqual(first, told(lieOf(equivocate(each), 2, 2), at(1)), 'another seed is another direction');
});

test('halves of the readers are drawn apart along one line', (t) => {
  const lie = lieOf(equivocate({ ...each, readers: 'halves' }), 2);
  const [a, b, c] = [1, 2, 3].map((reader) => minus(told(lie, viewOf(honest, { reader })), [3, 5]));
  t.deepEqual(a, c);
  for (const k of [0, 1]) about(t, a![k]!, -b![k]!);
  about(t, length(minus(a!, b!)), 4 * Math.sqrt(34));
});

test('in a unit that is 0 all are sent the mean', (t) => {
  const start = Float64Array.of(3, 5);
  t.deepEqual(told(lieOf(equivocate(each), 2), viewOf(honest, { start })), [3, 5]);
  const alone = viewOf([[1, 2]]);
  t.deepEqual(told(lieOf(equivocate({ ...each, scale: 'diameter' }), 2), alone), [1, 2]);
});
