import test from 'ava';
import { simulate, type Plan, type SimulationEvent } from '../../src/engine/index.js';
import { dynaBro } from '../../src/methods/index.js';
import { instantLink } from '../../src/network/index.js';
import { synchronous } from '../../src/protocols/index.js';
import type { Run } from '../../src/scenario/build.js';
import { exponential, seededRandom } from '../../src/random/index.js';
import { build, smallWith } from '../scenario/small-scenario.js';
import { planOf } from './small-plan.js';

type Of<Kind extends SimulationEvent['kind']> = Extract<SimulationEvent, { kind: Kind }>;

const method = dynaBro({ lr: 0.1, filter: 'none', horizon: 64 });

/** Workers that take these times for a gradient, of which 12,000 bytes a second get through where lines are slow. */
const planFor = (spans: readonly number[], parts: Partial<Plan> = {}, up?: number): Plan =>
  planOf({
    workers: spans.map((span, i) => ({
      ...{ byzantine: false, speed: 1, share: Int32Array.of(i) },
      link: { ...instantLink, compute: { sample: () => span, span } },
      ...(up === undefined ? {} : { up }),
    })),
    method,
    stop: { steps: 60 },
    ...parts,
  });

interface Step {
  readonly begun: number;
  readonly time: number;
  readonly assigned: readonly Of<'assigned'>[];
  readonly received: readonly Of<'received'>[];
  readonly dropped: readonly Of<'dropped'>[];
}

/** What happened in each round. */
const roundsOf = (plan: Plan, protocol: Run['protocol'] = synchronous()): readonly Step[] => {
  const steps: Step[] = [];
  let begun = 0;
  let since: SimulationEvent[] = [];
  const of = <Kind extends SimulationEvent['kind']>(kind: Kind) =>
    since.filter((event): event is Of<Kind> => event.kind === kind);
  simulate(plan, protocol).subscribe((event) => {
    if (event.kind !== 'stepped') {
      since.push(event);
      return;
    }
    const { time } = event;
    steps.push({ begun, time, assigned: of('assigned'), received: of('received'), dropped: of('dropped') });
    since = [];
    begun = time;
  });
  return steps;
};

const gradientsOf = ({ gradients = 1 }: Of<'assigned'>): number => gradients;
/** Vectors of a message of so many gradients. */
const partsOf = (gradients: number): number => Math.min(Math.log2(gradients), 2) + 1;

test('a round lasts as long as the slowest worker’s 2^J computations, and all take as many', (t) => {
  const rounds = roundsOf(planFor([10, 20, 30]));
  const counts = rounds.map(({ begun, time, assigned }) => {
    const [count] = assigned.map(gradientsOf);
    t.deepEqual(assigned.map(gradientsOf), [count!, count!, count!]);
    t.deepEqual(assigned.map(({ compute }) => compute), [10 * count!, 20 * count!, 30 * count!]); // prettier-ignore
    t.is(time - begun, 30 * count!);
    return count!;
  });
  t.true(counts.includes(1) && counts.includes(2) && counts.includes(4) && counts.includes(8));
});

test('each computation takes its own time, from the worker’s stream', (t) => {
  const law = exponential(10);
  const plan = planFor([1, 1]);
  const workers = plan.workers.map((worker) => ({ ...worker, link: { ...instantLink, compute: law } }));
  const streams = [1, 2].map((id) => seededRandom(1).fork(`worker ${id}/compute`));
  for (const { begun, time, assigned } of roundsOf({ ...plan, workers })) {
    const spans = streams.map((stream) => {
      let sum = 0;
      for (let k = 0; k < gradientsOf(assigned[0]!); k++) sum += law.sample(stream);
      return sum;
    });
    t.deepEqual(assigned.map(({ compute }) => compute), spans); // prettier-ignore
    t.is(time, begun + Math.max(...spans));
  }
});

test('a run ends with the round in which so many gradients were taken', (t) => {
  const rounds = roundsOf(planFor([10, 20, 30], { stop: { gradients: 500 } }));
  const spent = rounds.map(({ assigned }) => assigned.reduce((sum, each) => sum + gradientsOf(each), 0));
  const all = spent.reduce((sum, count) => sum + count, 0);
  t.true(all >= 500 && all - spent.at(-1)! < 500);
});

test('a message is as long as its parts, also on the line', (t) => {
  for (const { assigned, received } of roundsOf(planFor([10, 10], {}, 12_000))) {
    const bytes = 24 * partsOf(gradientsOf(assigned[0]!));
    t.deepEqual(assigned.map(({ upload }) => upload), [bytes / 12, bytes / 12]); // prettier-ignore
    t.deepEqual(received.map((event) => event.bytes ?? 24), [bytes, bytes]); // prettier-ignore
  }
});

for (const [what, protocol] of [
  ['a quorum', synchronous({ quorum: 2 })],
  ['a deadline', synchronous({ deadline: '45ms' })],
] as const)
  test(`with ${what}, messages for rounds that are over are dropped, and told with the size that they have`, (t) => {
    const under = new Map<number, number>();
    let late = 0;
    let others = 0;
    for (const { assigned, received, dropped } of roundsOf(planFor([10, 12, 35]), protocol)) {
      // All that a round has is dropped or received before its successor's workers are sent anything.
      for (const { worker, reason, bytes } of dropped) {
        const gradients = under.get(worker) ?? gradientsOf(assigned.find((each) => each.worker === worker)!);
        t.is(reason, 'late');
        t.is(bytes ?? 24, 24 * partsOf(gradients));
        late += 1;
        others += Number(partsOf(gradients) !== partsOf(gradientsOf(assigned[0]!)));
        under.delete(worker);
      }
      t.true(received.length > 0 && received.every(({ staleness }) => staleness === 0));
      const there = received.map(({ worker }) => worker);
      for (const each of assigned) if (!there.includes(each.worker)) under.set(each.worker, gradientsOf(each));
    }
    t.true(late > 5 && others > 2, `${late} ${others}`);
  });

test('what is lost is sent anew in the same round, with as many gradients', async (t) => {
  const { plan, protocol } = await build(
    smallWith(
      'method={ kind: dynabro, lr: 0.05, noise: 3 }',
      'protocol=synchronous',
      'network={ compute: exponential(1 / speed), loss: 0.3, retry: { timeout: 50ms, attempts: 1 } }',
      'stop={ steps: 40 }',
    ),
  );
  const rounds = roundsOf(plan, protocol);
  t.is(rounds.length, 40);
  let again = 0;
  for (const { assigned, received } of rounds) {
    again += assigned.length - 5;
    t.is(new Set(assigned.map(gradientsOf)).size, 1);
    t.deepEqual(received.map(({ worker, staleness }) => [worker, staleness]).sort(), [1, 2, 3, 4, 5].map((id) => [id, 0])); // prettier-ignore
  }
  t.true(again > 10);
});

test('who turns during a round lies in it, or doesn’t, as it is when its message arrives', async (t) => {
  const { plan, protocol } = await build(
    smallWith(
      'method={ kind: dynabro, lr: 0.05, noise: 3 }',
      'workers={ count: 5, byzantine: { kind: periodic, start: 2, every: 7s, next: rotate }, speed: 1 }',
      'attack=nan',
      'protocol=synchronous',
      'network={ compute: 1s }',
      'stop={ steps: 60 }',
    ),
  );
  const events: SimulationEvent[] = [];
  simulate(plan, protocol).subscribe((event) => events.push(event));
  const liars = new Set([4, 5]);
  for (const event of events) {
    if (event.kind === 'turned' && event.byzantine) liars.add(event.worker);
    else if (event.kind === 'turned') liars.delete(event.worker);
    else if (event.kind === 'received') t.is(event.byzantine, liars.has(event.worker));
    else if (event.kind === 'stepped') t.true(Number.isFinite(event.norm));
  }
  t.true(events.filter(({ kind }) => kind === 'turned').length > 40);
});
