import test from 'ava';
import type { ServerAttackRule } from '../../../src/attacks/servers/index.js';
import type { Cluster } from '../../../src/engine/index.js';
import { edge, guanyu } from '../../../src/protocols/index.js';
import { clusterPlan, eventsOf, probed, serversOf } from './small-cluster.js';

test('a server lies with what honest servers wrote to the reader in view, and with the model that it would send', (t) => {
  const seen: { server: number; reader: number; step: number; honest: number[][]; own: number[] }[] = [];
  const attack: ServerAttackRule = {
    lie:
      () =>
      ({ server, reader, step, honest: { count, vectors } }, out) => {
        const honest = Array.from({ length: count }, (_, i) => Array.from(vectors[i]!));
        seen.push({ server, reader, step, honest, own: Array.from(out) });
        out.fill(100 * server + reader);
      },
  };
  const look = (cluster: Cluster): void => {
    const read = cluster.fromServers.bind(cluster);
    cluster.fromServers = (reader, letters, own, tolerance) => {
      seen.length = 0;
      const honest = letters.filter(({ forged }) => !forged).map(({ sheet }) => Array.from(sheet!.vector));
      const rows = read(reader, letters, own, tolerance);
      const liars = letters.filter(({ forged }) => forged);
      t.deepEqual(
        seen,
        liars.map(({ from, step, sheet }) => ({
          ...{ server: from - 8, reader: reader + 1, step, own: Array.from(sheet!.vector) },
          honest: own ? [Array.from(own), ...honest] : honest,
        })),
      );
      const told = rows.vectors.slice(own ? 1 : 0, rows.count).map((vector) => Array.from(vector));
      t.deepEqual(
        told,
        letters.map(({ from, forged, sheet }) =>
          forged ? new Array<number>(3).fill(100 * (from - 8) + reader + 1) : Array.from(sheet!.vector),
        ),
      );
      return rows;
    };
  };
  eventsOf(clusterPlan({ servers: serversOf(6, 1, { attack }), stop: { steps: 5 } }), probed(guanyu(), look));
});

test('where a reader reads lies only, liars see the honest servers’ models', (t) => {
  const counts: number[] = [];
  const attack: ServerAttackRule = {
    lie:
      () =>
      ({ honest }) =>
        void counts.push(honest.count),
  };
  const look = (cluster: Cluster): void => {
    const sheet = cluster.sheets.copy(cluster.start);
    const letter = {
      from: 14,
      to: 0,
      content: 'model',
      step: 0,
      sheet,
      forged: true,
      depth: 1,
      loss: NaN,
      round: 0,
    } as const;
    cluster.fromServers(0, [letter]);
  };
  eventsOf(clusterPlan({ servers: serversOf(6, 1, { attack }), stop: { steps: 1 } }), probed(guanyu(), look));
  t.is(counts[0], 5);
});

test('what an edge tells its root starts from 0, and is remembered apart from what it tells its workers', (t) => {
  const seen: { instance: number; reader: number; start: number[] }[] = [];
  let instances = 0;
  const attack: ServerAttackRule = {
    lie: () => {
      const instance = instances++;
      return ({ reader, start }) => void seen.push({ instance, reader, start: Array.from(start) });
    },
  };
  let begun: number[] = [];
  const look = ({ start }: Cluster): void => void (begun = Array.from(start));
  const plan = clusterPlan({ servers: serversOf(4, 1, { attack, root: true }), stop: { steps: 5 } });
  eventsOf(plan, probed(edge({ f: 0, fServers: 0 }), look));
  const toRoot = seen.filter(({ reader }) => reader === 14);
  const toWorkers = seen.filter(({ reader }) => reader <= 9);
  t.true(toRoot.length > 0 && toRoot.length + toWorkers.length === seen.length);
  t.true(begun.some((number) => number !== 0));
  for (const { start } of toRoot) t.deepEqual(start, [0, 0, 0]);
  for (const { start } of toWorkers) t.deepEqual(start, begun);
  const [one, other] = [toRoot, toWorkers].map((lies) => new Set(lies.map(({ instance }) => instance)));
  t.deepEqual([one!.size, other!.size, new Set([...one!, ...other!]).size], [1, 1, 2]);
});
