import test from 'ava';
import fc from 'fast-check';
import { lastValueFrom, NEVER, take, toArray } from 'rxjs';
import type { ReceivedEvent, SimulationEvent } from '../../src/engine/event.js';
import { DeadlockError, simulate, type Plan, type Protocol } from '../../src/engine/index.js';
import { mu2Sgd } from '../../src/methods/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import { realTime, sliced } from '../../src/scheduler/pace.js';
import { traceHash } from '../../src/report/index.js';
import { planOf, workersOf } from './small-plan.js';

const run = (plan: Plan, protocol: Protocol = asynchronous()): SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  return events;
};

const timed = (parts: Parameters<typeof planOf>[0] = {}): Plan =>
  planOf({ workers: workersOf(4, { timed: true }), ...parts });

const hashOf = (events: readonly SimulationEvent[]): string => {
  const hash = traceHash();
  for (const event of events) hash.update(event);
  return hash.result();
};

const received = (events: readonly SimulationEvent[]): ReceivedEvent[] =>
  events.filter((event) => event.kind === 'received');

test('a run tells who takes part, scores the start, and ends with a score and a word of its end', (t) => {
  const events = run(timed({ stop: { steps: 3 }, measure: { kind: 'steps', steps: 2 } }));
  t.deepEqual(
    events.map(({ kind }) => kind),
    [
      'started',
      'evaluated',
      ...Array.from({ length: 4 }, () => 'assigned'),
      'received',
      'stepped',
      'assigned',
      'received',
      'stepped',
      'assigned',
      'evaluated',
      'received',
      'stepped',
      'evaluated',
      'finished',
    ],
  );
  t.like(events[0], { kind: 'started', time: 0, workers: 4, byzantine: [], dimension: 3 });
  t.like(events.at(-1), { kind: 'finished', step: 3, messages: 3 });
});

test('counts sum to the number of steps, and only the arriving worker’s grows', (t) => {
  const counts = new Map<number, number>();
  received(run(timed({ stop: { steps: 500 } }))).forEach(({ worker, count }) => {
    t.is(count, (counts.get(worker) ?? 0) + 1);
    counts.set(worker, count);
  });
  t.is(
    [...counts.values()].reduce((a, b) => a + b),
    500,
  );
});

for (const [reply, own] of [
  ['after-update', 0],
  ['before-update', 1],
] as const) {
  test(`staleness is counted from the download: steps since the previous arrival (${reply})`, (t) => {
    const previous = new Map<number, number>();
    received(run(timed({ stop: { steps: 300 } }), asynchronous({ reply }))).forEach(
      ({ worker, staleness, version }, i) => {
        const sent = previous.get(worker);
        t.is(staleness, sent === undefined ? i : i - sent - 1 + own);
        t.is(version + staleness, i);
        previous.set(worker, i);
      },
    );
  });
}

test('two workers with known times arrive when they must, with the staleness that they must have', (t) => {
  const link = (compute: number) => ({
    download: { sample: () => 1 },
    compute: { sample: () => compute },
    upload: { sample: () => 2 },
  });
  const [a, b] = workersOf(2);
  const plan = planOf({
    workers: [
      { ...a!, link: link(7) },
      { ...b!, link: link(22) },
    ],
    stop: { steps: 4 },
  });
  const rows = received(run(plan)).map(({ time, worker, version, staleness }) => [time, worker, version, staleness]);
  t.deepEqual(rows, [
    [10, 1, 0, 0],
    [20, 1, 1, 0],
    [25, 2, 0, 2],
    [30, 1, 2, 1],
  ]);
});

test('virtual time never decreases', (t) => {
  const times = run(timed({ stop: { steps: 400 } })).map(({ time }) => time);
  t.true(times.every((time, i) => i === 0 || time >= times[i - 1]!));
});

test('the same plan gives the same trace, another seed another', (t) => {
  const plan = (seed: number) => timed({ seed, method: mu2Sgd({ lr: 0.01, beta: 0.25, gamma: 0.1 }) });
  t.is(hashOf(run(plan(1))), hashOf(run(plan(1))));
  t.not(hashOf(run(plan(1))), hashOf(run(plan(2))));
});

test('the trace is the same flat out, in slices and in real time', async (t) => {
  const plan = timed({ stop: { steps: 60 } });
  const expected = hashOf(run(plan));
  for (const pace of [sliced(1), realTime(1e6)]) {
    const events = await lastValueFrom(simulate(plan, asynchronous(), pace).pipe(toArray()));
    t.is(hashOf(events), expected);
  }
});

test('one observable can be subscribed to twice, and gives the same run twice', (t) => {
  const events = simulate(timed(), asynchronous());
  const hashes = [0, 1].map(() => {
    const seen: SimulationEvent[] = [];
    events.subscribe((event) => seen.push(event));
    return hashOf(seen);
  });
  t.is(hashes[0], hashes[1]);
});

test('adding a worker leaves the other workers’ draws alone', (t) => {
  const times = (count: number) =>
    received(run(planOf({ workers: workersOf(count, { timed: true }), stop: { time: 5000 } })))
      .filter(({ worker }) => worker === 2)
      .map(({ time }) => time);
  t.true(times(3).length > 3);
  t.deepEqual(times(3), times(6));
});

test('a run stops at its time, scored there', (t) => {
  const events = run(timed({ stop: { time: 2500 }, measure: { kind: 'time', time: 1000 } }));
  t.like(events.at(-1), { kind: 'finished', time: 2500 });
  const scored = events.filter(({ kind }) => kind === 'evaluated').map(({ time }) => time);
  t.deepEqual(scored, [0, 1000, 2000, 2500]);
});

test('unsubscribing stops the run between two events', (t) => {
  const seen: string[] = [];
  simulate(timed(), asynchronous())
    .pipe(take(7))
    .subscribe(({ kind }) => seen.push(kind));
  t.is(seen.length, 7);
});

test('a protocol that schedules nothing ends in a deadlock that is told', (t) => {
  let told: unknown;
  const silent: Protocol = { ...asynchronous(), serve: () => NEVER };
  simulate(timed({ measure: { kind: 'time', time: 10 } }), silent).subscribe({
    error: (error: unknown) => (told = error),
  });
  t.true(told instanceof DeadlockError);
  t.regex((told as Error).message, /no worker computes/);
});

test('a delay that is no time stops the run', (t) => {
  for (const bad of [NaN, -1, Infinity]) {
    const [worker] = workersOf(1);
    const link = { ...worker!.link, upload: { sample: () => bad } };
    let told: unknown;
    simulate(planOf({ workers: [{ ...worker!, link }] }), asynchronous()).subscribe({
      error: (error: unknown) => (told = error),
    });
    t.true(told instanceof RangeError, String(bad));
  }
});

test('unweighted twins see weight 1 where their weighted ones see the number of updates', (t) => {
  const seen: number[][] = [];
  const spy = (weight: (count: number) => number): Plan =>
    timed({
      weight,
      stop: { steps: 40 },
      aggregator: () => (input, out) => {
        seen.push(Array.from({ length: input.count }, (_, i) => input.weights[i]!));
        out.set(input.vectors[0]!);
      },
    });
  run(spy((count) => count));
  seen.forEach((weights, i) =>
    t.is(
      weights.reduce((a, b) => a + b),
      i + 1,
    ),
  );
  seen.length = 0;
  run(spy(() => 1));
  t.true(seen.flat().every((weight) => weight === 1));
});

test('with any number of workers, steps equal messages received and staleness is never negative', (t) => {
  const lawful = (count: number, steps: number, seed: number): boolean => {
    const events = run(planOf({ seed, workers: workersOf(count, { timed: true }), stop: { steps } }));
    const arrivals = received(events);
    return arrivals.length === steps && arrivals.every(({ staleness }) => staleness >= 0);
  };
  t.notThrows(() =>
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), fc.nat(), lawful), {
      numRuns: 40,
    }),
  );
});

test('what is due at the very instant of the end still belongs to the run', (t) => {
  const events = run(planOf({ workers: workersOf(3), stop: { time: 30 } }), asynchronous({ arrivals: 'sampled' }));
  t.like(events.at(-1), { kind: 'finished', time: 30, step: 30, messages: 30 });
});

test('a protocol’s refusal ends the stream before anything happens', (t) => {
  const seen: string[] = [];
  let told: unknown;
  simulate(planOf({}), asynchronous({ arrivals: 'sampled', byzantineShare: 0.4 })).subscribe({
    next: ({ kind }) => seen.push(kind),
    error: (error: unknown) => (told = error),
  });
  t.deepEqual(seen, []);
  t.true(told instanceof RangeError);
});
