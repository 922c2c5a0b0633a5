import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { serverAttacks, type ServerAttackRule } from '../../src/attacks/servers/index.js';
import { drift } from '../../src/attacks/servers/drift.js';
import { equivocate } from '../../src/attacks/servers/equivocate.js';
import { randomModel } from '../../src/attacks/servers/random-model.js';
import { silence } from '../../src/attacks/servers/silence.js';
import { stale } from '../../src/attacks/servers/stale.js';
import { wrongModel } from '../../src/attacks/servers/wrong-model.js';
import { none } from '../../src/attacks/servers/none.js';
import type { Cluster, Plan } from '../../src/engine/index.js';
import { simulate } from '../../src/engine/index.js';
import type { Sheet } from '../../src/engine/cluster/letter.js';
import type { Delay } from '../../src/network/index.js';
import { guanyu, synchronous } from '../../src/protocols/index.js';
import { clusterPlan, eventsOf, only, probed, serversOf } from '../engine/cluster/small-cluster.js';
import { halfSquare } from '../engine/half-square.js';
import { workersOf } from '../engine/small-plan.js';

const crew = (workers: number, liars: number, servers: number, serverLiars: number) => ({
  workers: workersOf(workers, { byzantine: liars }),
  servers: serversOf(servers, serverLiars).members,
});

test('within the theorem nothing is said; each precondition that does not hold is a sentence', (t) => {
  const outside = (options: Parameters<typeof guanyu>[0], ...all: Parameters<typeof crew>) =>
    guanyu(options).outside!({ ...crew(...all), rule: { kind: 'mean' } });
  t.deepEqual(outside({}, 18, 5, 6, 1), []);
  t.deepEqual(outside({}, 17, 5, 6, 1), [
    'GuanYu needs n_wr >= 3 f_wr + 3, which is 18; there are 17 workers',
    'GuanYu needs q_wr >= 2 f_wr + 3, which is 13; the quorum of workers is 12',
  ]);
  t.deepEqual(outside({}, 18, 5, 5, 1), [
    'GuanYu needs n_ps >= 3 f_ps + 3, which is 6; there are 5 servers',
    'GuanYu needs q_ps >= 2 f_ps + 3, which is 5; the quorum of servers is 4',
  ]);
  t.deepEqual(outside({ quorum: 14, quorumServers: 6 }, 18, 5, 6, 1), [
    'GuanYu needs q_ps <= n_ps − f_ps, which is 5; the quorum of servers is 6',
    'GuanYu needs q_wr <= n_wr − f_wr, which is 13; the quorum of workers is 14',
  ]);
  t.deepEqual(outside({ f: 4, fServers: 0 }, 18, 5, 6, 1), [
    '1 server is Byzantine, and fServers, of which it withstands, is 0',
    '5 workers are Byzantine, and f, of which it withstands, is 4',
  ]);
});

test('quorums of more than there are are refused', (t) => {
  const refused = (options: Parameters<typeof guanyu>[0]) =>
    t.throws(() => guanyu(options).requireMembers(crew(9, 0, 6, 0)), { instanceOf: RangeError }).message;
  t.is(refused({ quorum: 10 }), 'quorum is 10, but there are 9 workers');
  t.is(refused({ quorumServers: 7 }), 'quorumServers is 7, but there are 6 servers');
});

test('one honest server and no attack: the steps of synchronous training', (t) => {
  const plan = (servers: Plan['servers']) =>
    clusterPlan({ servers, workers: clusterPlan().workers.map((each) => ({ ...each, byzantine: false })) });
  const norms = (events: ReturnType<typeof eventsOf>) => ({
    steps: only(events, 'stepped').map(({ step, norm }) => [step, norm]),
    scores: only(events, 'evaluated').map(({ step, scores }) => [step, scores]),
    losses: only(events, 'received')
      .map(({ version, worker, loss }) => [version, worker, loss] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
  });
  const alone: Parameters<typeof norms>[0][number][] = [];
  simulate(plan(undefined), synchronous()).subscribe((event) => alone.push(event));
  const served = norms(eventsOf(plan(serversOf(1)), guanyu()));
  t.is(served.steps.length, 20);
  t.deepEqual(served, norms(alone));
});

const lies: readonly ServerAttackRule[] = [
  none(),
  wrongModel({ factor: -10 }),
  randomModel({ deviation: 5 }),
  equivocate({ distance: 5, scale: 'progress', readers: 'each' }),
  equivocate({ distance: 3, scale: 'diameter', readers: 'halves' }),
  stale({ age: 2 }),
  drift({ share: 1 }),
  silence({ at: 30 }),
];

test('lies are tried of every kind', (t) => {
  t.true(lies.length > Object.keys(serverAttacks).length);
});

/** Notes honest servers’ models before they agree, and those that leave the box of these when they have. */
const boxed = (faults: string[]) => {
  const before = new Map<number, number[][]>();
  let agreed = 0;
  const look = ({ contraction, replicas }: Cluster): void => {
    const note = contraction.note.bind(contraction);
    contraction.note = (node, step, when, sheet: Sheet) => {
      note(node, step, when, sheet);
      if (replicas.find((replica) => replica.node === node)!.byzantine) return;
      const models = before.get(step) ?? [];
      before.set(step, models);
      if (when === 'before') models.push(Array.from(sheet.vector));
      else {
        agreed += 1;
        sheet.vector.forEach((value, k) => {
          const all = models.map((model) => model[k]!);
          if (!(value >= Math.min(...all) && value <= Math.max(...all)))
            faults.push(
              `step ${step}, node ${node}: ${value} is outside of ${Math.min(...all)} to ${Math.max(...all)}`,
            );
        });
      }
    };
  };
  return { look, agreed: () => agreed };
};

/** Delays in any order: each takes the next of some numbers, again and again. */
const anyDelay = (spans: readonly number[]): Delay => {
  let next = 0;
  return { sample: () => spans[next++ % spans.length]! };
};

const spans = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 200 })), {
  minLength: 1,
  maxLength: 40,
});

testProp(
  'in any order of delivery and under any attack, medians stay in the box of honest models sent so far, which come nearer',
  [
    fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      attack: fc.constantFrom(...lies),
      f: fc.integer({ min: 1, max: 2 }),
      more: fc.integer({ min: 0, max: 2 }),
      fewer: fc.integer({ min: 0, max: 2 }),
      ...{ compute: spans, download: spans, upload: spans, between: spans },
    }),
  ],
  (t, { seed, attack, f, more, fewer, compute, download, upload, between }) => {
    const servers = 3 * f + 3 + more;
    const faults: string[] = [];
    const { look, agreed } = boxed(faults);
    const link = { compute: anyDelay(compute), download: anyDelay(download), upload: anyDelay(upload) };
    const plan = clusterPlan({
      ...{ seed, objective: halfSquare(2), stop: { steps: 8 } },
      workers: workersOf(6).map((worker) => ({ ...worker, link })),
      servers: serversOf(servers, f, { attack, between: anyDelay(between) }),
    });
    const quorumServers = Math.max(2 * f + 3, servers - f - fewer);
    const events = eventsOf(plan, probed(guanyu({ quorumServers }), look));
    t.deepEqual(faults, []);
    t.is(only(events, 'stepped').length, 8);
    t.true(agreed() >= 8 * 1);
    t.true(only(events, 'contracted').every(({ before, after }) => after <= Math.sqrt(2) * before + 1e-12));
  },
  { numRuns: 60 },
);

test('the honest diameter shrinks in the mean, whatever Byzantine servers send', (t) => {
  for (const attack of lies) {
    let [before, after] = [0, 0];
    for (let seed = 1; seed <= 4; seed++) {
      const plan = clusterPlan({ seed, servers: serversOf(6, 1, { attack }), stop: { steps: 25 } });
      for (const each of only(eventsOf(plan, guanyu()), 'contracted')) {
        before += each.before;
        after += each.after;
      }
    }
    t.true(after < 0.95 * before, `${lies.indexOf(attack)}: ${before} to ${after}`);
  }
});

test('the same seed gives the same run; another attack of servers leaves minibatches as they are', (t) => {
  const run = (attack: ServerAttackRule, seed = 1) => {
    const objective = halfSquare(3);
    const plan = clusterPlan({ seed, objective, servers: serversOf(6, 1, { attack }) });
    return { events: eventsOf(plan, guanyu()), drawn: objective.drawn };
  };
  const [one, same, other] = [run(lies[3]!), run(lies[3]!), run(lies[1]!)];
  t.deepEqual(one.events, same.events);
  t.notDeepEqual(one.events, run(lies[3]!, 2).events);
  t.notDeepEqual(only(one.events, 'stepped'), only(other.events, 'stepped'));
  for (const [worker, drawn] of one.drawn) {
    const others = other.drawn.get(worker)!;
    const shared = Math.min(drawn.length, others.length);
    t.true(shared >= 10);
    t.deepEqual(drawn.slice(0, shared), others.slice(0, shared));
  }
});

test('as many vectors as the quorums go into the rules; models are combined by medians', (t) => {
  t.deepEqual(guanyu().modelsRule(crew(18, 5, 6, 1)), { kind: 'cwmed' });
  t.deepEqual(guanyu().shape(crew(18, 5, 6, 1)), { gradients: 13, models: 5, workersAgree: true });
  t.deepEqual(guanyu({ quorum: 12, fServers: 2 }).shape(crew(18, 5, 9, 1)), {
    ...{ gradients: 12, models: 7, workersAgree: true },
  });
});
