import test from 'ava';
import type { AttackRule } from '../../../src/attacks/attack.js';
import type { Cluster } from '../../../src/engine/index.js';
import type { CarrierRule } from '../../../src/engine/index.js';
import { simulate } from '../../../src/engine/index.js';
import { guanyu, synchronous } from '../../../src/protocols/index.js';
import { clusterPlan, eventsOf, fixed, only, probed, serversOf } from './small-cluster.js';

test('the first server’s workers draw as those of a run with one server do', (t) => {
  const served = eventsOf(clusterPlan({ servers: serversOf(6) }), guanyu());
  const alone: (readonly [worker: number, spans: readonly number[]])[] = [];
  simulate(clusterPlan({ servers: undefined }), synchronous()).subscribe((event) => {
    if (event.kind === 'assigned') alone.push([event.worker, [event.download, event.compute, event.upload]]);
  });
  const spansOf = (worker: number) => alone.filter(([id]) => id === worker).map(([, spans]) => spans);
  for (let worker = 1; worker <= 9; worker++) {
    const compute = only(served, 'assigned')
      .filter((event) => event.worker === worker)
      .map((event) => event.compute);
    const posted = only(served, 'posted');
    const down = posted.filter(({ from, to }) => from === 10 && to === worker).map(({ span }) => span);
    const up = posted.filter(({ from, to }) => from === worker && to === 10).map(({ span }) => span);
    const one = spansOf(worker);
    t.true(one.length >= 20 && up.length >= 15);
    for (const [k, mine] of [down, compute, up].entries()) {
      const shared = Math.min(mine.length, one.length);
      t.deepEqual(
        mine.slice(0, shared),
        one.slice(0, shared).map((spans) => spans[k]),
      );
    }
    const other = posted.filter(({ from, to }) => from === 11 && to === worker).map(({ span }) => span);
    t.notDeepEqual(other.slice(0, 5), down.slice(0, 5));
  }
});

test('contractions are the diameters of honest servers’ models before and after each step', (t) => {
  const models = new Map<string, number[][]>();
  const keep = ({ contraction, replicas }: Cluster): void => {
    const note = contraction.note.bind(contraction);
    contraction.note = (node, step, when, sheet) => {
      const honest = !replicas.find((replica) => replica.node === node)!.byzantine;
      const key = `${step} ${when}`;
      if (honest) models.set(key, [...(models.get(key) ?? []), [...sheet.vector]]);
      note(node, step, when, sheet);
    };
  };
  const plan = clusterPlan({ servers: serversOf(6, 1) });
  const contracted = only(eventsOf(plan, probed(guanyu(), keep)), 'contracted');
  const diameter = (vectors: readonly (readonly number[])[]): number =>
    Math.max(...vectors.flatMap((a) => vectors.map((b) => Math.hypot(...a.map((x, k) => x - b[k]!)))));
  t.true(contracted.length >= 10, `${contracted.length}`);
  t.true(contracted.filter(({ before }) => before > 0).length >= 10);
  for (const [i, { step, before, after }] of contracted.entries()) {
    t.is(step, i + 1);
    t.true(Math.abs(before - diameter(models.get(`${step} before`)!)) < 1e-12);
    t.true(Math.abs(after - diameter(models.get(`${step} after`)!)) < 1e-12);
    t.true(before >= 0, `${before}`);
  }
});

test('workers lie with exactly the honest vectors of the reader’s quorum in view', (t) => {
  let seen: readonly number[][] = [];
  let liars = 0;
  const attack: AttackRule = {
    kind: 'vector',
    knowledge: 'honest',
    needsOwn: false,
    attack:
      () =>
      ({ honest }, out) => {
        seen = Array.from({ length: honest.count }, (_, i) => Array.from(honest.vectors[i]!));
        liars += 1;
        out.fill(liars);
      },
  };
  let readings = 0;
  const look = (cluster: Cluster): void => {
    const read = cluster.fromWorkers.bind(cluster);
    cluster.fromWorkers = (replica, letters) => {
      liars = 0;
      const honest = letters.filter(({ from }) => from < 7).map(({ sheet }) => Array.from(sheet!.vector));
      const rows = read(replica, letters);
      t.is(letters.length, 7);
      t.is(liars, letters.length - honest.length);
      if (liars > 0) t.deepEqual(seen, honest);
      // What is read: honest vectors as they are, and lies in the places of liars, each told once.
      let lies = 0;
      t.deepEqual(
        rows.vectors.slice(0, rows.count).map((vector) => [...vector]),
        letters.map(({ from, sheet }) => (from < 7 ? [...sheet!.vector] : new Array<number>(3).fill((lies += 1)))),
      );
      readings += 1;
      return rows;
    };
  };
  eventsOf(clusterPlan({ attack, stop: { steps: 10 } }), probed(guanyu(), look));
  t.true(readings > 50);
});

/** Holds what workers send one server (from 0) until some time. */
const holding = (server: number, time: number): CarrierRule => {
  let made = 0;
  return ({ clock }) => {
    const mine = made++ === server;
    return {
      verdict: (_worker, phase) =>
        mine && phase === 'upload' && clock.now() < time ? { hold: time - clock.now() } : null,
    };
  };
};

test('a server that takes many steps at an instant is scored after each of them, at the model that it has then', (t) => {
  const models: number[][] = [];
  const look = (cluster: Cluster): void => {
    const stepped = cluster.stepped.bind(cluster);
    cluster.stepped = (replica) => {
      if (replica === cluster.reference) models.push(Array.from(replica.model));
      stepped(replica);
    };
  };
  const plan = clusterPlan({
    ...{ servers: serversOf(6, 0, { carriers: [holding(0, 1000)] }), stop: { steps: 30 } },
    measure: { kind: 'steps', steps: 1 },
  });
  const events = eventsOf(plan, probed(guanyu({ fServers: 1 }), look));
  const times = only(events, 'stepped').map(({ time }) => time);
  t.true(times.filter((time) => time === times[1]).length > 2, 'many steps at an instant');
  const scores = only(events, 'evaluated').filter(({ step }) => step > 0);
  t.deepEqual(
    scores.map(({ step }) => step),
    models.map((_, i) => i + 1),
  );
  for (const [
    i,
    {
      scores: { error },
    },
  ] of scores.entries())
    t.is(
      error,
      models[i]!.reduce((sum, value) => sum + 0.5 * value * value, 0),
    );
});

test('rounds are the longest chain of messages: three a step', (t) => {
  const plan = clusterPlan({
    servers: serversOf(6, 0, { between: fixed(5) }),
    workers: clusterPlan().workers.map((worker) => ({
      ...worker,
      link: { compute: fixed(9), download: fixed(4), upload: fixed(3) },
    })),
  });
  const stepped = only(eventsOf(plan, guanyu()), 'stepped');
  t.deepEqual(
    stepped.map(({ rounds }) => rounds),
    stepped.map(({ step }) => 3 * step),
  );
  t.deepEqual(
    stepped.map(({ time }) => time),
    stepped.map(({ step }) => 21 * step),
  );
});
