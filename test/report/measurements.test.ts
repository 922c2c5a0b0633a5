import test from 'ava';
import { concat, from, lastValueFrom, NEVER, of, take, throwError, toArray } from 'rxjs';
import type { SimulationEvent } from '../../src/engine/event.js';
import { measure, measurements } from '../../src/report/measurements.js';
import { received, syntheticRun } from './synthetic-events.js';

const evaluated = (scores: Record<string, number>): SimulationEvent => ({
  kind: 'evaluated',
  time: 7.5,
  step: 2,
  messages: 3,
  scores,
});

test('a line holds time, step, messages, the scores by name, then shares so far', async (t) => {
  const events = [
    received({ byzantine: true, staleness: 5 }),
    received({ staleness: 1 }),
    received({}),
    evaluated({ loss: 0.25, accuracy: 0.5 }),
  ];
  const line = await lastValueFrom(from(events).pipe(measurements()));
  t.is(
    JSON.stringify(line),
    '{"time":7.5,"step":2,"messages":3,"accuracy":0.5,"loss":0.25,"byzantineShare":0.3333333333333333,"stalenessMean":2}',
  );
});

test('what is not finite becomes null, and shares are 0 before the first message', async (t) => {
  const line = await lastValueFrom(of(evaluated({ loss: NaN, error: -Infinity })).pipe(measurements()));
  t.deepEqual(line, { time: 7.5, step: 2, messages: 3, error: null, loss: null, byzantineShare: 0, stalenessMean: 0 });
});

test('there is one line per evaluation, each as it happens', async (t) => {
  const lines = await lastValueFrom(from(syntheticRun(40)).pipe(measurements(), toArray()));
  t.deepEqual(
    lines.map(({ step }) => step),
    [0, 10, 20, 30, 40],
  );
  const first = await lastValueFrom(concat(of(evaluated({ loss: 1 })), NEVER).pipe(measurements(), take(1)));
  t.is(first.loss, 1);
});

test('errors of the run pass through', async (t) => {
  const broken = throwError(() => new Error('deadlock'));
  await t.throwsAsync(lastValueFrom(broken.pipe(measurements())), { message: 'deadlock' });
});

test('a score may not take the name of another key', (t) => {
  t.throws(() => measure().update(evaluated({ step: 1 })), {
    instanceOf: RangeError,
    message: 'A score is called "step", which measurements use themselves.',
  });
});
