import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { summarise } from '../../src/report/summarise.js';
import type { SummariseOptions } from '../../src/report/summarise-state.js';
import { summary, type RunSummary } from '../../src/report/summary.js';
import { traceHash } from '../../src/report/trace-hash.js';
import { received, syntheticRun } from './synthetic-events.js';

const evaluated = (step: number, scores: Record<string, number>): SimulationEvent => ({
  kind: 'evaluated',
  time: step,
  step,
  messages: step,
  scores,
});

const summaryOf = (events: readonly SimulationEvent[], options?: SummariseOptions): RunSummary => {
  const reader = summarise(options);
  for (const event of events) reader.update(event);
  return reader.result();
};

test('a small run is summed up whole, its keys in the documented order', (t) => {
  const events: SimulationEvent[] = [
    { kind: 'started', time: 0, workers: 2, byzantine: [2], dimension: 4 },
    evaluated(0, { loss: 2, accuracy: 0.1 }),
    received({ worker: 2, byzantine: true, time: 3 }),
    { kind: 'stepped', time: 3, step: 1, norm: 1 },
    received({ worker: 1, staleness: 1, time: 5 }),
    { kind: 'stepped', time: 5, step: 2, norm: 1 },
    evaluated(2, { loss: 1, accuracy: 0.5 }),
    { kind: 'finished', time: 6, step: 2, messages: 2 },
  ];
  const hash = traceHash();
  for (const event of events) hash.update(event);
  const run = summaryOf(events, { metric: { name: 'accuracy', better: 'more' }, lambda: 0.4 });
  const whole = summary({ name: 'small', seed: 3, configHash: 'abc', status: 'finished', wallSeconds: 1.5 }, run);
  const expected = {
    name: 'small',
    seed: 3,
    configHash: 'abc',
    traceHash: hash.result(),
    status: 'finished',
    steps: 2,
    messages: 2,
    gradients: 0,
    virtualTimeMs: 6,
    wallSeconds: 1.5,
    byzantineShare: 0.5,
    largestByzantineShare: { share: 1, message: 1 },
    byzantineBound: { lambda: 0.4, lastViolation: 2, firstViolation: 1, violations: 2 },
    staleness: { mean: 0.5, p50: 0, p95: 1, max: 1 },
    stalenessHistogram: { width: 1, counts: [1, 1] },
    traffic: { models: 0, messages: 2, dropped: {} },
    communication: { roundsPerStep: 0, messagesPerStep: 1 },
    final: { accuracy: 0.5, loss: 1 },
    best: { accuracy: 0.5 },
    bestStep: 2,
    lastFive: { accuracy: 0.5, loss: 1, evaluations: 1 },
    workers: {
      ...{ count: 2, byzantine: [2], messages: [1, 1] },
      ...{ stalenessMean: [1, 0], stalenessP50: [1, 0], stalenessP95: [1, 0], stalenessMax: [1, 0] },
    },
  };
  t.is(JSON.stringify(whole), JSON.stringify(expected));
});

test('the last five leave out older evaluations and step 0', (t) => {
  const scores = [9, 1, 2, 3, 4, 5, 6].map((error, step) => evaluated(step, { error }));
  t.deepEqual(summaryOf(scores).lastFive, { error: 4, evaluations: 5 });
  t.deepEqual(summaryOf(scores.slice(0, 3)).lastFive, { error: 1.5, evaluations: 2 });
  t.deepEqual(summaryOf(scores.slice(0, 1)).lastFive, { evaluations: 0 });
});

test('less is better where the metric says so, and the first of equals is kept', (t) => {
  const scores = [9, 1, 2, 1].map((error, step) => evaluated(step, { error }));
  const least = summaryOf(scores, { metric: { name: 'error', better: 'less' } });
  t.deepEqual([least.best, least.bestStep], [{ error: 1 }, 1]);
  const most = summaryOf(scores, { metric: { name: 'error', better: 'more' } });
  t.deepEqual([most.best, most.bestStep], [{ error: 9 }, 0]);
});

test('a run that diverged has null where numbers ended, and the best from before', (t) => {
  const run = summaryOf([evaluated(1, { error: 3 }), evaluated(2, { error: NaN })], {
    metric: { name: 'error', better: 'less' },
  });
  t.deepEqual(run.final, { error: null });
  t.deepEqual(run.best, { error: 3 });
  t.deepEqual(run.lastFive, { error: null, evaluations: 2 });
  const never = summaryOf([evaluated(1, { error: NaN })], { metric: { name: 'error', better: 'less' } });
  t.deepEqual([never.best, never.bestStep], [{ error: null }, undefined]);
});

test('a run without events, and one without a metric, have empty scores', (t) => {
  const { steps, messages, virtualTimeMs, final, best } = summaryOf([]);
  t.deepEqual(
    { steps, messages, virtualTimeMs, final, best },
    { steps: 0, messages: 0, virtualTimeMs: 0, final: {}, best: {} },
  );
  t.deepEqual(summaryOf([evaluated(1, { error: 1 })]).best, {});
  t.false('status' in summary({ name: 'a', seed: 1, configHash: '', wallSeconds: 0 }, summaryOf([])));
});

test('a summary survives JSON', (t) => {
  const run = summaryOf(syntheticRun(100), { metric: { name: 'accuracy', better: 'more' } });
  t.deepEqual(JSON.parse(JSON.stringify(run)), run);
  t.is(run.messages, 100);
});

const paced: SimulationEvent[] = [
  { kind: 'started', time: 0, workers: 1, byzantine: [], dimension: 4 },
  { kind: 'assigned', time: 0, worker: 1, version: 0, download: 1, compute: 2, upload: 1 },
  received({ staleness: 9, time: 4 }),
  { kind: 'stepped', time: 4, step: 1, norm: 1 },
  { kind: 'assigned', time: 4, worker: 1, version: 1, download: 1, compute: 4, upload: 1 },
  received({ staleness: 3, time: 10 }),
  { kind: 'stepped', time: 10, step: 2, norm: 1 },
  evaluated(2, { error: 1 }),
  { kind: 'finished', time: 12, step: 2, messages: 2 },
];

test('statistics of staleness and time begin after the warm-up, in steps or in time', (t) => {
  const bySteps = summaryOf(paced, { timed: true, warmUp: { steps: 1 } });
  t.deepEqual([bySteps.staleness.mean, bySteps.messages, bySteps.workers.stalenessMean], [3, 2, [3]]);
  t.like(bySteps.activity, { from: { timeMs: 4, step: 1 }, spanMs: 8, utilisation: 0.5 });
  const byTime = summaryOf(paced, { timed: true, warmUp: { time: 7 } });
  t.like(byTime.activity, { from: { timeMs: 7, step: 1 }, spanMs: 5, utilisation: 0.4 });
  t.like(byTime.activity?.time, { waiting: 0.4, upload: 0.2, download: 0 });
  t.is(byTime.staleness.mean, 3);
});

test('a run that ends before it is warm has no statistics', (t) => {
  const run = summaryOf(paced, { timed: true, warmUp: { steps: 3 } });
  t.deepEqual(run.staleness, { mean: 0, p50: 0, p95: 0, max: 0 });
  t.like(run.activity, { spanMs: 0, utilisation: 0, from: { timeMs: 12, step: 2 } });
});

test('an evaluation is told bytes, Byzantine weight, and the utilisation since the one before', (t) => {
  const reader = summarise({
    ...{ timed: true, sizes: { model: 40, message: 10 } },
    condition: { bound: {}, weight: (count) => count, rows: 'latest' },
  });
  for (const event of [...paced.slice(0, 4), { ...evaluated(1, { error: 1 }), time: 4 }]) reader.update(event);
  t.deepEqual(reader.columns(), { byzantineWeight: 0, bytesDown: 40, bytesUp: 10, utilisation: 0.5, gradients: 1 });
  for (const event of [...paced.slice(4, 7), { ...evaluated(2, { error: 1 }), time: 12 }]) reader.update(event);
  t.deepEqual(reader.columns(), { byzantineWeight: 0, bytesDown: 80, bytesUp: 20, utilisation: 0.5, gradients: 2 });
});
