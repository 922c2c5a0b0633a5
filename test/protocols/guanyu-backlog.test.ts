import test from 'ava';
import { wrongModel } from '../../src/attacks/servers/wrong-model.js';
import { drop } from '../../src/carriers/index.js';
import type { CarrierRule, Cluster, Plan } from '../../src/engine/index.js';
import { guanyu } from '../../src/protocols/index.js';
import { clusterPlan, eventsOf, fixed, only, probed, serversOf } from '../engine/cluster/small-cluster.js';

/** The most sheets in use in a run of so many steps. */
const mostSheets = (plan: Plan): number => {
  let [now, most] = [0, 0];
  const look = ({ sheets }: Cluster): void => {
    const [take, release] = [sheets.take.bind(sheets), sheets.release.bind(sheets)];
    sheets.take = () => {
      most = Math.max(most, (now += 1));
      return take();
    };
    sheets.release = (sheet) => {
      release(sheet);
      if (sheet?.holders === 0) now -= 1;
    };
  };
  eventsOf(plan, probed(guanyu({ f: 2, fServers: 1 }), look));
  return most;
};

/** Makes what workers send one server (from 0) later. */
const slow = (server: number, delay: number): CarrierRule => {
  let made = 0;
  return () => {
    const mine = made++ === server;
    return { verdict: (_worker, phase) => (mine && phase === 'upload' ? { delay, cause: 'held' } : null) };
  };
};

test('a slow worker leaves out what no honest server needs any more, and nothing piles up', (t) => {
  const plan = (steps: number): Plan =>
    clusterPlan({
      stop: { steps },
      workers: clusterPlan().workers.map((worker, i) => ({
        ...{ ...worker, byzantine: false },
        link: { ...worker.link, compute: i === 3 ? fixed(2000) : worker.link.compute },
      })),
    });
  const events = eventsOf(plan(300), guanyu({ f: 2, fServers: 1 }));
  const versions = only(events, 'assigned')
    .filter(({ worker }) => worker === 4)
    .map(({ version }) => version);
  t.true(versions.length > 3 && versions.length < 20, `${versions.length}`);
  t.true(versions[2]! - versions[1]! > 10);
  const [short, long] = [mostSheets(plan(50)), mostSheets(plan(300))];
  t.true(long < 2 * short, `${short}, then ${long}`);
});

test('a slow server gets all that it needs, and what waits for it does not grow', (t) => {
  const plan = (steps: number): Plan =>
    clusterPlan({ stop: { steps }, servers: serversOf(6, 0, { carriers: [slow(5, 300)] }) });
  const events = eventsOf(plan(200), guanyu({ f: 2, fServers: 1 }));
  const sent = only(events, 'posted').filter(({ from, content }) => from === 15 && content === 'model');
  t.true(Math.max(...sent.map(({ step }) => step)) > 150);
  const [short, long] = [mostSheets(plan(60)), mostSheets(plan(400))];
  t.true(long < 2 * short, `${short}, then ${long}`);
});

test('a Byzantine server that is cut off from what it would need lies on, step by step', (t) => {
  let made = 0;
  const cutOff: CarrierRule = (context) => {
    const rule = drop({ drop: 0.6 }).carrier(context, 'cut');
    return made++ === 5 ? rule : {};
  };
  const plan = clusterPlan({
    stop: { steps: 60 },
    servers: serversOf(6, 1, { attack: wrongModel({ factor: -1 }), carriers: [cutOff] }),
  });
  const steps = only(eventsOf(plan, guanyu({ f: 2 })), 'posted').filter(({ from, to }) => from === 15 && to > 9);
  t.true(steps.length > 5 * 40, `${steps.length}`);
  t.true(Math.max(...steps.map(({ step }) => step)) >= 58);
});
