import test from 'ava';
import { fc, testProp } from '@fast-check/ava';
import { NEVER } from 'rxjs';
import type { AttackRule } from '../../src/attacks/index.js';
import {
  DeadlockError,
  simulate,
  type Intervention,
  type Plan,
  type SimulationEvent,
  type World,
} from '../../src/engine/index.js';
import { instantLink } from '../../src/network/index.js';
import { asynchronous, buffered, synchronous } from '../../src/protocols/index.js';
import { OutOfRangeError } from '../../src/registry/out-of-range-error.js';
import { bernoulli, periodic } from '../../src/switching/index.js';
import type { WeightedVectors } from '../../src/weighted/index.js';
import { halfSquare } from './half-square.js';
import { planOf, workersOf } from './small-plan.js';

/** Workers that take these spans, in ms, and may turn. */
const clockwork = (spans: readonly number[], liars: readonly number[] = []) =>
  spans.map((span, i) => ({
    byzantine: liars.includes(i + 1),
    turns: true,
    speed: 1,
    share: Int32Array.of(i),
    link: { ...instantLink, compute: { sample: () => span } },
  }));

const eventsOf = (plan: Plan, protocol = asynchronous(), watch?: (world: World) => void): SimulationEvent[] => {
  const events: SimulationEvent[] = [];
  simulate(plan, protocol, undefined, watch).subscribe((event) => events.push(event));
  return events;
};

const turn = (at: Intervention['at'], worker: number, byzantine: boolean): Intervention => ({
  ...{ kind: 'turn', at, text: `worker ${worker} turns`, workers: [worker - 1], byzantine },
});

/** Lies 1000 everywhere. */
const thousand: AttackRule = {
  ...{ kind: 'vector', knowledge: 'own', needsOwn: false },
  attack: () => (_view, out) => void out.fill(1000),
};

/** The weights, ascending. */
const weightsOf = ({ count, weights }: WeightedVectors): readonly number[] =>
  Array.from({ length: count }, (_, i) => weights[i]!).sort((a, b) => a - b);

const turned = (events: readonly SimulationEvent[]) =>
  events.flatMap((event) => (event.kind === 'turned' ? [[event.time, event.worker, event.byzantine] as const] : []));

test('a message counts as what its worker is when it arrives, and is forged then', (t) => {
  let world: World | undefined;
  const held: number[] = [];
  const plan = planOf({
    workers: clockwork([10, 16]),
    attack: thousand,
    script: [turn({ time: 15 }, 1, true), turn({ time: 25 }, 1, false)],
    stop: { time: 41 },
  });
  const events: SimulationEvent[] = [];
  simulate(plan, asynchronous(), undefined, (made) => (world = made)).subscribe((event) => {
    events.push(event);
    if (event.kind === 'received' && event.worker === 1) held.push(world!.inbox.held(0)[0]!);
  });
  const received = events.flatMap((event) => (event.kind === 'received' ? [event] : []));
  t.deepEqual(
    received.map(({ time, worker, byzantine }) => [time, worker, byzantine]),
    [[10, 1, false], [16, 2, false], [20, 1, true], [30, 1, false], [32, 2, false], [40, 1, false]], // prettier-ignore
  );
  t.deepEqual(held.map((value) => value === 1000), [false, true, false, false]); // prettier-ignore
  // Work goes on underneath: a liar's own gradient is there again as soon as it is honest.
  t.true(received.every(({ loss }) => Number.isFinite(loss)));
  t.deepEqual(turned(events), [[15, 1, true], [25, 1, false]]); // prettier-ignore
});

test('the script happens before anything else at its moment, and right after its step', (t) => {
  const script = [turn({ steps: 2 }, 2, true), turn({ time: 30 }, 1, true)];
  const plan = planOf({ workers: clockwork([10, 100, 100]), attack: thousand, script, stop: { steps: 3 } });
  const told = eventsOf(plan).flatMap((event) => (event.kind === 'evaluated' ? [] : [`${event.time} ${event.kind}`]));
  t.deepEqual(told.slice(4), [
    ...['10 received', '10 stepped', '10 assigned'],
    ...['20 received', '20 stepped', '20 scripted', '20 turned', '20 assigned'],
    ...['30 scripted', '30 turned', '30 received', '30 stepped'],
    '30 finished',
  ]);
});

test('the last honest worker can’t turn, nor one of which the plan doesn’t say that it may', (t) => {
  const failure = (plan: Plan): unknown => {
    let failed: unknown;
    simulate(plan, asynchronous()).subscribe({ error: (error: unknown) => (failed = error) });
    return failed;
  };
  const both = [turn({ time: 1 }, 1, true), turn({ steps: 1 }, 2, true)];
  const last = failure(planOf({ workers: clockwork([2, 3]), script: both }));
  t.true(last instanceof OutOfRangeError && last.message.includes('worker 2 turns Byzantine as the last honest one'));
  const stranger = failure(planOf({ workers: workersOf(3, { timed: true }), script: [turn({ time: 1 }, 1, true)] }));
  t.true(stranger instanceof OutOfRangeError && stranger.message.includes('worker 1 turns, but is not among those'));
});

testProp(
  'attacks see just the vectors that honest workers sent, each with its weight',
  [
    fc.array(
      fc.record({
        steps: fc.integer({ min: 1, max: 40 }),
        worker: fc.integer({ min: 1, max: 4 }),
        byzantine: fc.boolean(),
      }),
      { maxLength: 30 },
    ),
    fc.integer({ min: 0, max: 1000 }),
  ],
  (t, turns, seed) => {
    const latest = new Map<number, { count: number; byzantine: boolean }>();
    let world: World | undefined;
    let wrong = 0;
    const spy: AttackRule = {
      ...{ kind: 'vector', knowledge: 'honest', needsOwn: true },
      attack: () => (view) => {
        const weights = weightsOf(view.honest);
        seen.push({ weights, byzantineWeight: view.byzantineWeight });
      },
    };
    const seen: { readonly weights: readonly number[]; readonly byzantineWeight: number }[] = [];
    const workers = workersOf(5, { timed: true }).map((worker) => ({ ...worker, turns: true }));
    const script = turns.map(({ steps, worker, byzantine }) => turn({ steps }, worker, byzantine));
    simulate(
      planOf({ workers, attack: spy, script, stop: { steps: 50 }, seed }),
      asynchronous(),
      undefined,
      (made) => (world = made),
    ).subscribe((event) => {
      if (event.kind !== 'received') return;
      latest.set(event.worker, { count: event.count, byzantine: event.byzantine });
      const { honest, byzantineWeight } = world!.inbox;
      const own = [...latest].filter(([, { byzantine }]) => !byzantine);
      const expected = own.map(([, { count }]) => count).sort((a, b) => a - b);
      const found = weightsOf(honest);
      const vectors = new Set(own.map(([worker]) => world!.inbox.held(worker - 1)));
      if (expected.join() !== found.join()) wrong += 1;
      if (!honest.vectors.slice(0, honest.count).every((vector) => vectors.has(vector as never))) wrong += 1;
      if (byzantineWeight !== world!.inbox.messages - expected.reduce((sum, count) => sum + count, 0)) wrong += 1;
      if (event.byzantine) {
        const view = seen.at(-1)!;
        if (view.byzantineWeight !== byzantineWeight || view.weights.join() !== found.join()) wrong += 1;
      }
    });
    t.is(wrong, 0);
  },
  { numRuns: 30 },
);

test('labels are falsified for who is Byzantine when the sample is drawn', (t) => {
  let world: World | undefined;
  const falsified: number[] = [];
  const attack: AttackRule = { kind: 'data', knowledge: 'own', falsify: () => falsified.push(world!.now) };
  const script = [turn({ time: 15 }, 1, true), turn({ time: 35 }, 1, false)];
  const plan = planOf({ workers: clockwork([10, 100]), attack, script, stop: { time: 60 } });
  eventsOf({ ...plan, objective: { ...halfSquare(3), classes: 2 } }, asynchronous(), (made) => (world = made));
  t.deepEqual(falsified, [20, 30]);
});

test('rounds of periodic switching come every so many steps, or every so much time', (t) => {
  const of = (every: string) =>
    turned(
      eventsOf(
        planOf({
          workers: clockwork([10, 1000, 1000], [3]),
          switching: periodic({ start: 1, every, next: 'rotate' }),
          stop: { steps: 7 },
        }),
      ),
    );
  t.deepEqual(of('3 steps'), [[30, 3, false], [30, 1, true], [60, 1, false], [60, 2, true]]); // prettier-ignore
  t.deepEqual(of('25ms'), [[25, 3, false], [25, 1, true], [50, 1, false], [50, 2, true]]); // prettier-ignore
});

test('a schedule and a script don’t keep a run alive that can’t go on', (t) => {
  let failed: unknown;
  const plan = planOf({
    workers: clockwork([1, 1, 1]),
    switching: periodic({ start: 1, every: '1s' }),
    script: [turn({ time: 1e6 }, 1, true)],
    transport: () => ({ arrivals: NEVER, dispatch: () => undefined, recall: () => false }),
  });
  simulate(plan, buffered({ size: 2 })).subscribe({ error: (error: unknown) => (failed = error) });
  t.true(failed instanceof DeadlockError);
});

test('sampled arrivals keep λ whoever is Byzantine, and never more while nobody is', (t) => {
  const workers = workersOf(6).map((worker) => ({ ...worker, turns: true }));
  const switching = bernoulli({ p: 0.05, duration: '20 steps', cap: 2 });
  const protocol = asynchronous({ arrivals: 'sampled', byzantineShare: 0.3 });
  const events = eventsOf(planOf({ workers, switching, stop: { steps: 3000 } }), protocol);
  const now = new Set<number>();
  let [messages, byzantine] = [0, 0];
  for (const event of events)
    if (event.kind === 'turned') {
      if (event.byzantine) now.add(event.worker);
      else now.delete(event.worker);
      t.true(now.size <= 2);
    } else if (event.kind === 'received') {
      messages += 1;
      t.is(event.byzantine, now.has(event.worker));
      if (event.byzantine) byzantine += 1;
      t.true(byzantine <= 0.3 * messages + 1e-9);
    }
  t.true(byzantine > 300);
});

test('switching draws from its own streams: nobody’s samples or delays change', (t) => {
  const workers = workersOf(4, { timed: true }).map((worker) => ({ ...worker, turns: true }));
  const of = (switching: Plan['switching']) =>
    eventsOf(planOf({ workers, switching }), synchronous())
      .filter(({ kind }) => kind === 'received' || kind === 'assigned')
      .map((event) => (event.kind === 'received' ? { ...event, byzantine: false } : event));
  t.deepEqual(of(bernoulli({ p: 0.3, duration: '2 steps', cap: 3 })), of(undefined));
});
