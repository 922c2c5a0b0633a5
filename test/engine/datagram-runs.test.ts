import test from 'ava';
import { type Holes } from '../../src/engine/datagrams.js';
import { simulate, type Plan, type Protocol, type SimulationEvent, type World } from '../../src/engine/index.js';
import { memoryNeeded } from '../../src/engine/memory-needed.js';
import { journeys } from '../../src/engine/carried.js';
import { awaitFragments } from '../../src/carriers/index.js';
import { instantLink } from '../../src/network/index.js';
import { asynchronous, boundedStaleness, synchronous } from '../../src/protocols/index.js';
import { averageNan } from '../../src/weighted/index.js';
import { planOf } from './small-plan.js';

/** Four workers that take 10, 11, 12 and 13 ms, of which the first and the last, which lies, lose fragments of a number each. */
const planWith = (holes: Holes, parts: Partial<Plan> = {}, loss = 0.4): Plan =>
  planOf({
    workers: [10, 11, 12, 13].map((span, i) => ({
      ...{ byzantine: i === 3, speed: 1, share: Int32Array.of(i) },
      link: { ...instantLink, compute: { sample: () => span } },
    })),
    attack: { ...{ kind: 'vector', knowledge: 'own', needsOwn: false }, attack: () => (_view, out) => out.fill(1000) },
    // Whatever is missing, the model stays finite, so that holes are those of the links.
    aggregator: averageNan(),
    weight: () => 1,
    datagrams: { lossy: Uint8Array.of(1, 0, 0, 1), loss, fragment: 8, holes },
    transport: journeys([awaitFragments(7)]),
    stop: { steps: 60 },
    ...parts,
  });

type Of<Kind extends SimulationEvent['kind']> = Extract<SimulationEvent, { kind: Kind }>;

const run = (plan: Plan, protocol: Protocol, look?: (event: Of<'received'>, vector: ArrayLike<number>) => void) => {
  const events: SimulationEvent[] = [];
  let world: World | undefined;
  simulate(plan, protocol, undefined, (made) => (world = made)).subscribe((event) => {
    events.push(event);
    if (event.kind === 'received') look?.(event, world!.inbox.held(event.worker - 1));
  });
  const of = <Kind extends SimulationEvent['kind']>(kind: Kind) =>
    events.filter((event): event is Of<Kind> => event.kind === kind);
  return { events, of };
};

test('the server is told how many numbers are missing, of lies as of honest messages, and has waited for them', (t) => {
  const missing = [0, 0, 0, 0];
  const sentAt = new Map<number, number>();
  const { of } = run(planWith('nan'), asynchronous(), (event, vector) => {
    const holes = Array.from(vector).filter(Number.isNaN).length;
    t.is(event.missing, holes || undefined);
    missing[event.worker - 1]! += holes;
    if (event.worker === 4) t.true(Array.from(vector).every((value) => value === 1000 || Number.isNaN(value)));
    const span = event.time - (sentAt.get(event.worker) ?? 0);
    t.is(span, 9 + event.worker + (holes > 0 ? 7 : 0));
    sentAt.set(event.worker, event.time);
  });
  t.true(missing[0]! > 0 && missing[3]! > 0);
  t.deepEqual(missing.slice(1, 3), [0, 0]);
  t.true(of('delayed').every(({ worker, span, cause }) => [1, 4].includes(worker) && span === 7 && cause === 'held'));
});

test('with the policy previous nothing but what never came is NaN, and what is missing is still told', (t) => {
  const seen = new Set<number>();
  const { of } = run(planWith('previous', { stop: { steps: 200 } }), asynchronous(), ({ worker, missing }, vector) => {
    const whole = !Array.from(vector).some(Number.isNaN);
    if (whole) seen.add(worker);
    t.true(whole || !seen.has(worker));
    if (missing === 3) t.true(worker === 1 || worker === 4);
  });
  t.is(seen.size, 4);
  t.true(of('received').filter(({ missing }) => missing !== undefined).length > 20);
});

test('a synchronous server goes on without incomplete messages, and steps once whoever is left has come', (t) => {
  const { of } = run(planWith('drop'), synchronous());
  const dropped = of('dropped');
  t.true(dropped.length > 20);
  t.true(dropped.every(({ worker, reason }) => reason === 'incomplete' && [1, 4].includes(worker)));
  t.is(of('received').length + dropped.length, 4 * 60);
  t.is(of('received').filter(({ missing }) => missing !== undefined).length, 0);
});

test('servers that never wait send a worker on whose message is incomplete', (t) => {
  for (const protocol of [asynchronous(), boundedStaleness({ bound: 1 })]) {
    const { of } = run(planWith('drop', {}, 1), protocol);
    const dropped = of('dropped');
    t.true(dropped.filter(({ worker }) => worker === 1).length > 5);
    t.deepEqual([...new Set(of('received').map(({ worker }) => worker))].sort(), [2, 3]);
    t.is(of('stepped').length, 60);
  }
});

test('a run in which nothing ever comes whole ends with a sentence', (t) => {
  const plan = planWith('drop', {
    datagrams: { lossy: Uint8Array.of(1, 1, 1, 1), loss: 1, fragment: 8, holes: 'drop' },
  });
  let said: unknown;
  simulate(plan, synchronous()).subscribe({ error: (error: unknown) => (said = error) });
  t.is((said as Error).name, 'DeadlockError');
  t.regex((said as Error).message, /after step 0, the server has made no step/);
});

test('a copy of a message that counts once more tells the same holes', (t) => {
  const copying = () => ({ verdict: (_worker: number, phase: string) => (phase === 'upload' ? { copy: 1 } : null) });
  const plan = planWith('nan', { copies: 'count', transport: journeys([awaitFragments(7), copying]) });
  const { of } = run(plan, asynchronous(), (event, vector) => {
    t.is(event.missing, Array.from(vector).filter(Number.isNaN).length || undefined);
  });
  const twice = of('received').filter(({ time, worker, missing }, i, all) =>
    all.some((other, j) => j < i && other.worker === worker && other.time === time - 1 && other.missing === missing),
  );
  t.true(twice.some(({ missing }) => missing !== undefined));
});

test('vectors that are kept for holes are among the memory that is foreseen', (t) => {
  const of = (holes: Holes) => memoryNeeded(planWith(holes)).linear;
  t.is(of('previous') - of('nan'), 2 * 3 * 8);
  let world: World | undefined;
  const plan = planWith('previous');
  simulate(plan, asynchronous(), undefined, (made) => (world = made)).subscribe();
  t.true(world!.kernels.memory.claimed <= memoryNeeded(plan).linear);
});

test('where no fragment is lost, a run is that without datagrams', (t) => {
  const { datagrams: _, ...reliable } = planWith('nan');
  const protocol = synchronous();
  t.deepEqual(run(planWith('nan', {}, 0), protocol).events, run(reliable, protocol).events);
});
