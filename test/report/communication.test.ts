import test from 'ava';
import { lastValueFrom } from 'rxjs';
import type { SimulationEvent } from '../../src/engine/event.js';
import { simulate } from '../../src/engine/simulate.js';
import { readWith } from '../../src/report/reader.js';
import { summarise } from '../../src/report/summarise.js';
import type { RunSummary } from '../../src/report/summary.js';
import { build, smallBut } from '../scenario/small-scenario.js';
import { severalServers } from './synthetic-events.js';

const sizes = { model: 16, message: 10 };
const summaryOf = (events: readonly SimulationEvent[], timed = true): RunSummary => {
  const reader = summarise({ sizes, timed });
  for (const event of events) reader.update(event);
  return reader.result();
};

const started: SimulationEvent = { kind: 'started', time: 0, workers: 2, byzantine: [], dimension: 4 };
const assigned = (time: number, worker: number, version: number, gradients?: number): SimulationEvent => ({
  ...{ kind: 'assigned', time, worker, version, download: 1, compute: 1, upload: 1 },
  ...(gradients !== undefined && { gradients }),
});
const received = (time: number, worker: number, version: number): SimulationEvent => ({
  ...{ kind: 'received', time, worker, byzantine: false, version, staleness: 0, count: 1, loss: 0 },
});
const dropped = (time: number, reason: 'late' | 'lost' | 'rejected'): SimulationEvent => ({
  ...{ kind: 'dropped', time, worker: 2, byzantine: false, version: 0, reason },
});
const stepped = (time: number, step: number): SimulationEvent => ({ kind: 'stepped', time, step, norm: 1 });
const finished = (time: number, step: number): SimulationEvent => ({ kind: 'finished', time, step, messages: 0 });

test('where the server waits for all, a step is two rounds, and a model and a message for each worker', (t) => {
  const round = (step: number): SimulationEvent[] => {
    const begin = 10 * (step - 1);
    return [
      ...[assigned(begin, 1, step - 1), assigned(begin, 2, step - 1)],
      ...[received(begin + 3, 1, step - 1), received(begin + 10, 2, step - 1), stepped(begin + 10, step)],
    ];
  };
  const { communication } = summaryOf([started, ...round(1), ...round(2), finished(20, 2)]);
  t.deepEqual(communication, {
    ...{ roundsPerStep: 2, messagesPerStep: 4, bytesPerStep: 2 * 16 + 2 * 10 },
    ...{ timePerStepMs: 10, stepsPerSecond: 100, gradientsPerSecond: 200 },
  });
});

test('where it waits for none, the longest chain is that of the fastest worker, until a slow one brings it a longer one', (t) => {
  const events = [
    ...[started, assigned(0, 1, 0), assigned(0, 2, 0, 2)],
    // Chains of 2 and 4 by the first worker; the second's first message is of a chain of 2, which doesn't shorten that.
    ...[received(1, 1, 0), stepped(1, 1), assigned(1, 1, 1), received(2, 1, 1), stepped(2, 2), assigned(2, 1, 2)],
    ...[received(3, 2, 0), stepped(3, 3), assigned(3, 2, 3)],
    // Its next model is at 5, its message at 6.
    ...[received(4, 2, 3), stepped(4, 4), finished(8, 4)],
  ];
  t.deepEqual(summaryOf(events).communication, {
    ...{ roundsPerStep: 6 / 4, messagesPerStep: 9 / 4, bytesPerStep: (5 * 16 + 4 * 10) / 4 },
    ...{ timePerStepMs: 2, stepsPerSecond: 500, gradientsPerSecond: (1000 * 5) / 8 },
  });
});

test('a message counted once more makes no chain longer, and no gradient more; those that reach the server in vain are messages', (t) => {
  const once = [started, assigned(0, 1, 0), received(1, 1, 0), stepped(1, 1), assigned(1, 1, 1)];
  const { communication } = summaryOf([
    ...[...once, received(2, 1, 0), stepped(2, 2)],
    ...[dropped(3, 'late'), dropped(3, 'rejected'), dropped(3, 'lost'), finished(4, 2)],
  ]);
  t.like(communication, { roundsPerStep: 1, messagesPerStep: 3, gradientsPerSecond: 250 });
});

test('without a clock there are no times, without a step no means', (t) => {
  const { communication } = summaryOf([started, assigned(0, 1, 0), received(1, 1, 0), finished(1, 0)], false);
  t.deepEqual(communication, { roundsPerStep: null, messagesPerStep: null, bytesPerStep: null });
});

test('several servers’ messages are counted as they are posted, each way for itself', (t) => {
  const { communication, traffic, contraction } = summaryOf(severalServers);
  t.deepEqual(communication, {
    ...{ roundsPerStep: 3, messagesPerStep: 6, bytesPerStep: 3 * 16 + 2 * 10 + 16 },
    ...{ timePerStepMs: 20, stepsPerSecond: 50, gradientsPerSecond: 50 },
  });
  t.deepEqual(traffic, {
    ...{ models: 3, messages: 1, dropped: {}, posted: 6, bytesDown: 48, bytesUp: 20, bytesBetween: 16 },
    delivered: { model: { taken: 1, late: 1, rejected: 1 }, gradient: { taken: 2 } },
  });
  t.deepEqual(contraction, {
    ...{ agreements: 1, meanRatio: 0.25, largestAfter: 1 },
    last: { step: 1, before: 4, after: 1 },
  });
});

test('the mean contraction is over agreements before which models differed', (t) => {
  const contracted = (step: number, before: number, after: number): SimulationEvent => ({
    ...{ kind: 'contracted', time: step, step, before, after },
  });
  const of = (...events: SimulationEvent[]) => summaryOf(events).contraction;
  t.like(of(contracted(1, 0, 0), contracted(2, 4, 1), contracted(3, 4, 3)), {
    ...{ agreements: 3, meanRatio: 0.5, largestAfter: 3 },
    last: { step: 3, before: 4, after: 3 },
  });
  t.like(of(contracted(1, 0, 0)), { agreements: 1, meanRatio: null });
  t.like(of(contracted(1, 1, Infinity), contracted(2, 1, 1)), { meanRatio: null, largestAfter: null });
  t.is(of(), undefined);
});

const protocols = ['asynchronous', { kind: 'buffered', size: 3 }, { kind: 'bounded-staleness', bound: 4 }];

for (const protocol of [...protocols, 'synchronous'])
  test(`a whole run of ${JSON.stringify(protocol)}: all messages are counted, and no chain is longer than they are many`, async (t) => {
    const { plan, protocol: made } = await build(smallBut({ protocol }));
    const reader = readWith(() => summarise({ sizes: { model: 1, message: 1 }, timed: true }));
    const { communication, traffic, steps, virtualTimeMs } = await lastValueFrom(simulate(plan, made).pipe(reader));
    const { roundsPerStep, messagesPerStep, bytesPerStep, timePerStepMs } = communication;
    t.is(timePerStepMs, virtualTimeMs / steps);
    t.true(messagesPerStep! >= 2 - 5 / steps && bytesPerStep === messagesPerStep);
    t.is(messagesPerStep, (traffic.models + traffic.messages + (traffic.dropped.late ?? 0)) / steps);
    if (protocol === 'synchronous') t.deepEqual([roundsPerStep, messagesPerStep], [2, 10]);
    else t.true(roundsPerStep! > 0 && roundsPerStep! <= messagesPerStep!);
  });
