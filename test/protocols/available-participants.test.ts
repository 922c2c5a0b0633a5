import test from 'ava';
import {
  attendance,
  influenced,
  simulate,
  type DeadlockError,
  type SimulationEvent,
  type WorkerPlan,
} from '../../src/engine/index.js';
import { instantLink, timeline, type Availability } from '../../src/network/index.js';
import { synchronous, type SynchronousOptions } from '../../src/protocols/index.js';
import { planOf } from '../engine/small-plan.js';

/** Workers whose messages take 10 ms. */
const crew = (count: number): readonly WorkerPlan[] =>
  Array.from({ length: count }, (_, i) => ({
    byzantine: false,
    speed: 1,
    share: Int32Array.of(i),
    link: { ...instantLink, compute: { sample: () => 10 } },
  }));

/** Away and back at these instants, by turns; what is being computed is paused. */
const away = (...times: readonly number[]): Availability => ({
  during: 'pause',
  presence: (scheduler) => timeline(times.map((time, i) => [time, i % 2 === 1] as const), scheduler),
}); // prettier-ignore

/** The same, but what is being computed is finished. */
const gone = (...times: readonly number[]): Availability => ({ ...away(...times), during: 'finish' });

interface Seen {
  /** When each round began, and who took part. */
  readonly rounds: readonly (readonly [time: number, ...workers: number[]])[];
  readonly error?: Error;
}

const seen = (
  availabilities: readonly (Availability | undefined)[],
  steps: number,
  options: SynchronousOptions,
): Seen => {
  const rounds: [number, ...number[]][] = [];
  let error: Error | undefined;
  const plan = planOf({
    workers: crew(availabilities.length),
    stop: { steps },
    transport: influenced([attendance(availabilities)]),
  });
  simulate(plan, synchronous(options)).subscribe({
    next: (event: SimulationEvent) => {
      if (event.kind !== 'assigned') return;
      const last = rounds.at(-1);
      if (last?.[0] === event.time) last.push(event.worker);
      else rounds.push([event.time, event.worker]);
    },
    error: (thrown: Error) => (error = thrown),
  });
  return { rounds, ...(error ? { error } : {}) };
};

const available = { among: 'available' } as const;

test('only those take part that are there when the round begins', (t) => {
  const { rounds, error } = seen([undefined, away(5, 35), undefined, away(0)], 5, available);
  t.is(error, undefined);
  t.deepEqual(rounds, [
    [0, 1, 2, 3],
    // Worker 2 went during the first round, which waits for it.
    [40, 1, 2, 3],
    [50, 1, 2, 3],
    [60, 1, 2, 3],
    [70, 1, 2, 3],
  ]);
  const quorum = seen([undefined, away(5, 35), undefined, away(0)], 5, { ...available, quorum: 2 });
  t.deepEqual(quorum.rounds, [
    [0, 1, 2, 3],
    [10, 1, 3],
    [20, 1, 3],
    [30, 1, 3],
    // Worker 2 is back, and still busy with the first round until 40.
    [40, 1, 3],
  ]);
});

test('of those that are free, a worker that is away takes part, unless told otherwise', (t) => {
  const { rounds } = seen([undefined, away(0, 35)], 2, {});
  t.deepEqual(rounds, [
    [0, 1, 2],
    [45, 1, 2],
  ]);
  t.deepEqual(seen([undefined, away(0, 35)], 2, available).rounds, [
    [0, 1],
    [10, 1],
  ]);
});

test('participants are drawn among those that are there', (t) => {
  const { rounds } = seen([away(0), undefined, away(0), undefined, undefined], 60, { ...available, participants: 2 });
  const sets = new Set(rounds.map(([, ...workers]) => workers.join()));
  t.deepEqual([...sets].sort(), ['2,4', '2,5', '4,5']);
});

test('when nobody is there, the round begins as soon as somebody comes back', (t) => {
  const { rounds, error } = seen([away(0, 70), away(0, 40, 45, 50), away(0)], 4, available);
  t.is(error, undefined);
  t.deepEqual(rounds, [
    [40, 2],
    // Worker 2 is held up from 45 to 50.
    [55, 2],
    [65, 2],
    [75, 1, 2],
  ]);
});

test('nobody is there in the middle of a run', (t) => {
  const { rounds, error } = seen([gone(5, 33), gone(6, 50)], 4, available);
  t.is(error, undefined);
  t.deepEqual(rounds, [
    [0, 1, 2],
    [33, 1],
    [43, 1],
    [53, 1, 2],
  ]);
});

test('when nobody ever comes back, the run ends and says who is awaited', (t) => {
  const { error } = seen([gone(5, 7, 8), gone(9)], 4, available);
  t.is(error?.name, 'DeadlockError');
  t.is((error as DeadlockError).time, 10);
  t.is(
    error?.message,
    'nothing is left to happen after 10 ms of virtual time: after step 1, no worker computes and no message is on its way to the server; round 2 begins when one of those that are away comes back: workers 1, 2',
  );
});

test('what waits at a worker that comes back is its round, and no other begins', (t) => {
  const { rounds, error } = seen([away(5, 20), away(2, 30, 31, 32)], 2, available);
  t.is(error, undefined);
  t.deepEqual(rounds, [
    [0, 1, 2],
    [39, 1, 2],
  ]);
});
