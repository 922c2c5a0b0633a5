import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import { seededRandom } from '../../src/random/index.js';
import { build, refusal, smallBut } from '../scenario/small-scenario.js';

const method = { kind: 'byz-vr-marina-pp', lr: 0.02, probability: 0.3, sample: 3, fullSample: 5, clip: 1 };
const base = {
  learn: {
    data: { kind: 'gaussian', rows: 60, testRows: 10, features: 3 },
    model: { kind: 'logistic', l2: 0.1 },
    batch: 8,
  },
  workers: { count: 8, byzantine: 3 },
  network: { compute: 1 },
  protocol: { kind: 'synchronous' },
  attack: 'shift-back',
  method,
  aggregator: 'cwmed',
  stop: { steps: 60 },
};

type Only<Kind extends SimulationEvent['kind']> = Extract<SimulationEvent, { kind: Kind }>;
type Changes = Readonly<Record<string, unknown>>;

/** Rounds of a run: who was called in each, and all that happened until its step. */
const roundsOf = async (changes: Changes = {}, watch?: (world: World, event: SimulationEvent) => void) => {
  const { plan, protocol } = await build(smallBut({ ...base, ...changes }));
  let world: World | undefined;
  const rounds: SimulationEvent[][] = [[]];
  const run = simulate(plan, protocol, undefined, (each) => (world = each));
  await new Promise<void>((resolve, reject) => {
    run.subscribe({
      next: (event) => {
        if (world) watch?.(world, event);
        rounds.at(-1)!.push(event);
        if (event.kind === 'stepped') rounds.push([]);
      },
      error: reject,
      complete: resolve,
    });
  });
  const only = <Kind extends SimulationEvent['kind']>(events: readonly SimulationEvent[], kind: Kind) =>
    events.filter((event): event is Only<Kind> => event.kind === kind);
  return rounds.slice(0, -1).map((events) => ({
    assigned: only(events, 'assigned'),
    received: only(events, 'received'),
    dropped: only(events, 'dropped'),
    step: only(events, 'stepped')[0]!,
  }));
};

const full = ({ assigned }: { readonly assigned: readonly Only<'assigned'>[] }): boolean =>
  assigned[0]!.gradients === 8;

const named = (changes: Changes = {}) =>
  roundsOf(changes).then((all) => all.map(({ assigned }) => assigned.map(({ worker }) => worker)));

test('C workers are called for differences and Ĉ for full gradients, each set as likely as any other', async (t) => {
  const rounds = await roundsOf({ stop: { steps: 2000 } });
  const coins = seededRandom(1).fork('method');
  const times = new Map<string, number>();
  let differences = 0;
  for (const [k, round] of rounds.entries()) {
    const flag = coins.next() < 0.3 || k === 0;
    t.is(full(round), flag);
    t.is(round.assigned.length, flag ? 5 : 3);
    t.deepEqual(
      new Set(round.received.map(({ worker }) => worker)),
      new Set(round.assigned.map(({ worker }) => worker)),
    );
    if (flag) continue;
    differences += 1;
    const set = round.assigned.map(({ worker }) => worker).join();
    times.set(set, (times.get(set) ?? 0) + 1);
  }
  // χ² of the 56 sets of 3 of 8: its mean is 55, its standard deviation √110.
  const expected = differences / 56;
  const chi = [...times.values()].reduce(
    (sum, count) => sum + (count - expected) ** 2 / expected,
    (56 - times.size) * expected,
  );
  t.is(times.size, 56);
  t.true(Math.abs(chi - 55) < 5 * Math.sqrt(110), String(chi));
});

test('a round lasts as many times of computing as the minibatch gradients of a message, all of which count', async (t) => {
  // A full gradient is 60 rows: 8 minibatches of 8.
  let [before, gradients] = [0, 0];
  for (const round of await roundsOf({}, (world, { kind }) => {
    if (kind === 'stepped') gradients = world.gradients;
  })) {
    const cost = full(round) ? 8 : 2;
    t.true(round.assigned.every((event) => event.gradients === cost));
    t.is(round.step.time - before, cost * 1000);
    before = round.step.time;
  }
  const all = (await roundsOf()).flatMap(({ assigned }) => assigned);
  t.is(gradients, all.reduce((sum, event) => sum + (event.gradients ?? 1), 0)); // prettier-ignore
});

test('where a sample’s majority is Byzantine, they lie, and else they send their own', async (t) => {
  let [start, called, lies, honest] = [new Float64Array(0), new Set<number>(), 0, 0];
  let lastStep = -1;
  await roundsOf(
    { workers: { count: 8, byzantine: 4 }, method: { ...method, sample: 4, fullSample: 5, clip: 'none' } },
    (world, event) => {
      if (event.kind === 'started') start = Float64Array.from(world.model);
      if (event.kind === 'assigned') {
        if (world.steps !== lastStep) called = new Set();
        lastStep = world.steps;
        called.add(event.worker);
      }
      if (event.kind !== 'received' || !event.byzantine) return;
      const sent = Array.from(world.inbox.held(event.worker - 1));
      const shift = sent.map((_, k) => world.model[k]! - start[k]!);
      const liars = [...called].filter((worker) => worker > 4).length;
      const lied = sent.every((value, k) => value === shift[k]);
      t.is(lied, 2 * liars > called.size, `step ${world.steps}: ${liars} of ${called.size}`);
      if (lied) lies += 1;
      else honest += 1;
    },
  );
  t.true(lies > 10 && honest > 10);
});

test('in a whole run, a round of differences moves the estimate by no more than F_A·λ, whoever is called', async (t) => {
  for (const [aggregator, bound] of [
    ['cwmed', Math.sqrt(3)],
    ['gm', 1],
    [[{ kind: 'bucketing', size: 2 }, 'gm'], 1],
  ] as const) {
    // prettier-ignore
    let [before, differences] = [new Float64Array(4), 0];
    let held = { radius: 0, full: 1 };
    await roundsOf({ aggregator, attack: { kind: 'shift-back', factor: 1e6 } }, (world, { kind }) => {
      const { estimate, radius, full: flag } = world.roundServer!.run.state as Readonly<Record<string, Float64Array>>;
      if (kind === 'received') {
        before = Float64Array.from(estimate!);
        held = { radius: radius![0]!, full: flag![0]! };
      }
      if (kind !== 'stepped' || held.full === 1) return;
      differences += 1;
      const moved = Math.hypot(...Array.from(estimate!, (value, k) => value - before[k]!));
      t.true(moved <= bound * held.radius * (1 + 1e-12) + 1e-12 * Math.hypot(...before));
    });
    t.true(differences > 20);
  }
});

test('the protocol’s other options go with it: unequal chances, who is there, quorum and deadline', async (t) => {
  const among = (protocol: Changes, changes: Changes = {}) =>
    named({ protocol: { kind: 'synchronous', ...protocol }, ...changes });
  const chances = await among({ probability: 'byzantine ? 1e-6 : 1' }, { workers: { count: 8, byzantine: 2 } });
  t.true(chances.flat().every((worker) => worker <= 6));
  t.deepEqual([...new Set(chances.map(({ length }) => length))].toSorted(), [3, 5]);
  const availability = [{ workers: [1, 2], kind: 'diurnal', period: '20s', share: 0.5, during: 'finish' }];
  let away = 0;
  const there = await roundsOf(
    { protocol: { kind: 'synchronous', among: 'available' }, workers: { ...base.workers, availability } },
    (world, event) => {
      if (event.kind !== 'assigned') return;
      t.false(world.transport.isAway!(event.worker - 1));
      if (world.transport.isAway!(0)) away += 1;
    },
  );
  t.true(away > 20);
  // Six are there at the least: a round of five can always be had.
  t.deepEqual([...new Set(there.map(({ assigned }) => assigned.length))].toSorted(), [3, 5]);
  for (const protocol of [{ quorum: 2 }, { deadline: '2s' }]) {
    const rounds = await roundsOf({
      protocol: { kind: 'synchronous', ...protocol },
      network: { compute: 'exponential(1)' },
    });
    t.is(rounds.length, 60);
    t.true(rounds.some(({ received, assigned }) => received.length < assigned.length));
  }
});

test('participants is refused, with and without a sample, and so are messages that come late', async (t) => {
  const sentence =
    'protocol.participants: byz-vr-marina-pp says itself how many take part in a round, by its sample and fullSample; leave "participants" out';
  const given = (changes: Changes) => refusal(() => build(smallBut({ ...base, ...changes })));
  const protocol = { kind: 'synchronous', participants: 3 };
  t.is(await given({ protocol }), sentence);
  t.is(await given({ protocol, method: { kind: 'byz-vr-marina', lr: 0.1, clip: 1 } }), sentence);
  t.is(
    await given({ protocol: { kind: 'synchronous', late: 'use' } }),
    'protocol: byz-vr-marina-pp works in rounds, of which each has its own messages, so late ones can’t be used; say late: drop',
  );
  t.is(
    await given({ protocol: 'asynchronous' }),
    'protocol: byz-vr-marina-pp works in rounds, and asynchronous has none; say protocol: synchronous',
  );
  t.is(await given({ method: { ...method, sample: 9 } }), 'method.sample: 9 found, but there are 8 workers');
  t.is(
    await given({ method: { ...method, fullSample: 2 } }),
    'method.fullSample: 2 found; at least as many as sample, 3, must take part',
  );
});
