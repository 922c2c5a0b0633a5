import test from 'ava';
import { simulate, type SimulationEvent } from '../../src/engine/index.js';
import { buildRun } from '../../src/scenario/build.js';
import { newCache } from '../../src/scenario/cache.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { refusal } from '../scenario/small-scenario.js';

/** Three workers of nine are honest, six flip their sign, and the server steps on every message. */
const base = {
  name: 'policies',
  learn: { model: { kind: 'quadratic', dimension: 5, noise: 1, distance: 3 } },
  workers: { count: 9, byzantine: 6 },
  network: { compute: 'exponential(1 / speed)' },
  protocol: { kind: 'buffered', size: 1 },
  method: { kind: 'sgd', lr: 0.02 },
  aggregator: 'mean',
  attack: 'sign-flip',
  stop: { time: '200s' },
};

interface Outcome {
  readonly events: readonly SimulationEvent[];
  readonly errors: readonly number[];
  readonly failure: Error | undefined;
}

const outcome = async (changes: Readonly<Record<string, unknown>>): Promise<Outcome> => {
  const { plan, protocol } = await buildRun(resolveScenario({ ...base, ...changes }), { directory: '/nowhere' });
  const events: SimulationEvent[] = [];
  let failure: Error | undefined;
  simulate(plan, protocol).subscribe({
    next: (event) => events.push(event),
    error: (error: Error) => (failure = error),
  });
  const errors = events.flatMap((event) => (event.kind === 'evaluated' ? [event.scores.error!] : []));
  return { events, errors, failure };
};

const lastError = async (changes: Readonly<Record<string, unknown>>): Promise<number> => {
  const { errors, failure } = await outcome(changes);
  if (failure) throw failure;
  return errors.at(-1)!;
};

/** Messages of one kind that a side sent. */
const number = ({ events }: Outcome, kind: 'received' | 'dropped', byzantine: boolean): number =>
  events.filter((event) => event.kind === kind && event.byzantine === byzantine).length;

test('six liars of nine ruin a server without a policy', async (t) => {
  t.true((await lastError({})) > 1e3);
});

const withCleanData: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['AFLGuard', { policy: { kind: 'afl-guard', lambda: 1 } }],
  ['Zeno++', { policy: { kind: 'zeno++', gamma: 0.02 } }],
];

for (const [name, changes] of withCleanData)
  for (const protocol of [
    { kind: 'buffered', size: 1 },
    { kind: 'buffered', size: 3 },
    { kind: 'basgd', buffers: 3 },
    { kind: 'asynchronous' },
    { kind: 'bounded-staleness', bound: 2 },
    { kind: 'synchronous' },
    { kind: 'synchronous', quorum: 4, late: 'use' },
  ])
    test(`${name} withstands six liars of nine with protocol ${JSON.stringify(protocol)}`, async (t) => {
      const run = await outcome({ ...changes, protocol, stop: { time: '400s' } });
      t.is(run.failure, undefined);
      t.true(run.errors.at(-1)! < 0.1 * run.errors[0]!, `${run.errors.at(-1)}`);
      // Liars are rejected at first, when gradients are larger than their noise.
      const share = (byzantine: boolean): number => {
        const taken = number(run, 'received', byzantine);
        return taken / (taken + number(run, 'dropped', byzantine));
      };
      t.true(share(true) < share(false));
    });

test('a rejected message changes nothing at the server, and its worker goes on', async (t) => {
  const { events } = await outcome({ policy: { kind: 'afl-guard', lambda: 1 }, protocol: 'asynchronous' });
  let rejected = 0;
  events.forEach((event, i) => {
    if (event.kind !== 'dropped') return;
    t.is(event.reason, 'rejected');
    const next = events.slice(i + 1).find(({ kind }) => kind !== 'evaluated');
    if (next?.kind === 'finished') return;
    t.like(next, { kind: 'assigned', worker: event.worker, time: event.time });
    rejected += 1;
  });
  t.true(rejected > 100);
});

test('THROTTLE withstands two liars that flood, calls off what is under way, and needs no bound on λ', async (t) => {
  const flood = { workers: { count: 9, byzantine: 2, speed: 'byzantine == 1 ? 20 : 1' }, stop: { steps: 3000 } };
  t.true((await lastError(flood)) > 1e3);
  const policy = { kind: 'throttle', tau: 2, clip: 2, ball: 5 };
  const run = await outcome({ ...flood, policy, method: { kind: 'sgd', lr: 0.2 } });
  t.true(run.errors.at(-1)! < 0.1 * run.errors[0]!, `${run.errors.at(-1)}`);
  // A round: everybody delivers once or more, and is sent a model at its end.
  let delivered = new Set<number>();
  let rounds = 0;
  run.events.forEach((event, i) => {
    if (event.kind !== 'received') return;
    delivered.add(event.worker);
    if (delivered.size < 9) return;
    const after = run.events.slice(i + 1);
    const end = after.findIndex(({ kind }) => kind === 'received');
    if (end === -1) return;
    const sent = after.slice(0, end).flatMap((each) => (each.kind === 'assigned' ? [each.worker] : []));
    t.deepEqual(sent, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    t.true(after.slice(0, end).every((each) => each.kind !== 'dropped' || each.reason === 'late'));
    delivered = new Set();
    rounds += 1;
  });
  t.true(rounds > 10);
});

test('Kardam’s accepted messages: of any 2f + 1 in a row, f + 1 or more are honest, with and without patience', async (t) => {
  for (const patience of [undefined, 9]) {
    const run = await outcome({
      policy: { kind: 'kardam', f: 2, dampening: 'none', patience },
      workers: { count: 9, byzantine: 2 },
      stop: { steps: 500 },
    });
    t.is(run.failure, undefined);
    t.true(run.errors.at(-1)! < 0.1 * run.errors[0]!);
    const accepted = run.events.flatMap((event) => (event.kind === 'received' ? [event.byzantine] : []));
    for (let i = 0; i + 5 <= accepted.length; i++)
      t.true(accepted.slice(i, i + 5).filter((byzantine) => !byzantine).length >= 3);
  }
});

test('the authors’ code of Kardam learns where nobody lies', async (t) => {
  const policy = { kind: 'kardam', variant: 'authors-code' };
  t.true((await lastError({ policy, workers: { count: 9 }, stop: { steps: 1500 } })) < 0.1);
});

test('a policy that lets nothing count any more ends the run, and says who waits for what', async (t) => {
  const { failure } = await outcome({ policy: { kind: 'afl-guard', lambda: 1e-9 }, stop: { steps: 100 } });
  t.is(failure?.name, 'DeadlockError');
  t.regex(failure!.message, /after step 0, the server waits for a message that its policy lets count; it has rejected the last 1900, of all workers$/); // prettier-ignore
});

test('no policy has one form, and one that changes nothing gives the same run', async (t) => {
  t.is(resolveScenario({ ...base, policy: 'none' }).policy, undefined);
  const plain = await outcome({});
  const whole = await outcome({ policy: { kind: 'fedasync', alpha: 1, staleness: 'constant' } });
  t.deepEqual(whole.events, plain.events);
});

test('a policy’s draws leave all others alone', async (t) => {
  const assigned = ({ events }: Outcome) => events.filter(({ kind }) => kind === 'assigned').slice(0, 9);
  t.deepEqual(assigned(await outcome({ policy: { kind: 'afl-guard', lambda: 1 } })), assigned(await outcome({})));
});

test('the same plan gives the same run twice', async (t) => {
  for (const policy of [
    { kind: 'kardam', f: 2, patience: 9 },
    { kind: 'throttle', tau: 2, clip: 2, ball: 5 },
    { kind: 'afl-guard', lambda: 1 },
  ]) {
    const scenario = resolveScenario({ ...base, policy, workers: { count: 9, byzantine: 2 }, stop: { steps: 50 } });
    const { plan, protocol } = await buildRun(scenario, { directory: '/nowhere' });
    const events = (): readonly SimulationEvent[] => {
      const seen: SimulationEvent[] = [];
      simulate(plan, protocol).subscribe((event) => seen.push(event));
      return seen;
    };
    t.deepEqual(events(), events());
  }
});

const refused: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [{ policy: { kind: 'throttle', tau: 1, clip: 1, ball: 1 }, protocol: 'asynchronous' }, /^policy: THROTTLE scales .* use "buffered" with size 1$/],
  [{ policy: { kind: 'throttle', tau: 1, clip: 1, ball: 1 }, protocol: { kind: 'synchronous', participants: 1 } }, /^policy: THROTTLE/],
  [{ policy: { kind: 'kardam', f: 1 }, protocol: 'synchronous' }, /^policy: Kardam compares .* a step of 9 messages/],
  [{ policy: { kind: 'kardam', f: 3 } }, /^policy: Kardam with f = 3 needs 10 workers or more, n >= 3f \+ 1; got 9$/],
  [{ policy: 'kardam' }, /^policy: f is missing/],
  [{ policy: { kind: 'afl-guard', lambda: 1, rows: 10 } }, /^policy\.rows: there are no rows/],
  [{ policy: 'afl-guard' }, /^policy\.lambda: is missing/],
  [{ policy: 'zeno' }, /^policy: unknown policy "zeno"; known are none, .*; did you mean "zeno\+\+"\?$/],
]; // prettier-ignore

for (const [changes, pattern] of refused)
  test(`refused: ${JSON.stringify(changes)}`, async (t) => {
    t.regex((await refusal(() => outcome(changes))) ?? '', pattern);
  });

test('the server may hold some of the rows only, the same ones in every run', async (t) => {
  const digits = {
    learn: { data: 'digits', model: 'softmax' },
    policy: { kind: 'afl-guard', lambda: 1, rows: 100 },
  };
  const cache = newCache();
  const cleanOf = async (changes: Readonly<Record<string, unknown>>) =>
    (await buildRun(resolveScenario({ ...base, ...digits, ...changes }), { directory: '/nowhere', cache })).plan.clean!;
  const rows = await cleanOf({});
  t.is(rows.length, 100);
  t.is(new Set(rows).size, 100);
  t.true(rows.every((row, i) => i === 0 || row > rows[i - 1]!));
  t.deepEqual(await cleanOf({ attack: 'none' }), rows);
  t.notDeepEqual(await cleanOf({ seed: 2 }), rows);
  t.regex((await refusal(() => cleanOf({ policy: { kind: 'afl-guard', lambda: 1, rows: 1e6 } })))!, /^policy\.rows: 1000000 rows found, but there are 6000 training rows$/); // prettier-ignore
});
