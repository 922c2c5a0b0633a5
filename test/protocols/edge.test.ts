import test from 'ava';
import { dealt } from '../../src/protocols/edge-groups.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { build, refusal } from '../scenario/small-scenario.js';
import { lastScore, seenRun, told } from './seen-run.js';

/** Twenty workers, four of them Byzantine, in groups of five; five of four edges' gradients would be liars' in a row. */
const star = {
  name: 'star',
  learn: { model: { kind: 'quadratic', dimension: 5, noise: 1 } },
  workers: { count: 20, byzantine: 4 },
  servers: { count: 4, byzantine: 1, attack: 'wrong-model' },
  network: {
    ...{ compute: 'exponential(1 / speed)', upload: 'lognormal(20ms, 0.5)', download: 'lognormal(20ms, 0.5)' },
    between: { delay: 'lognormal(5ms, 0.5)' },
  },
  protocol: { kind: 'edge' },
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: { kind: 'trmean', f: 1 },
  attack: { kind: 'reverse', factor: 20 },
  stop: { steps: 60 },
  measure: { every: 10 },
};

const honest = {
  workers: { count: 20 },
  servers: { count: 4, aggregator: 'mean' },
  attack: 'none',
  aggregator: 'mean',
};

test('workers are dealt to edges evenly, in turn or in a row', (t) => {
  t.deepEqual(dealt('round-robin', 7, 3), [[0, 3, 6], [1, 4], [2, 5]]); // prettier-ignore
  t.deepEqual(dealt('contiguous', 7, 3), [[0, 1, 2], [3, 4], [5, 6]]); // prettier-ignore
  for (const kind of ['round-robin', 'contiguous'] as const)
    for (let edges = 1; edges <= 12; edges++) {
      const groups = dealt(kind, 12, edges);
      t.deepEqual(
        groups.flat().sort((a, b) => a - b),
        Array.from({ length: 12 }, (_, i) => i),
      );
      const sizes = groups.map(({ length }) => length);
      t.true(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }
});

for (const groups of ['round-robin', 'contiguous'])
  test(`equal groups with means at edges and root are a server that averages, to rounding: ${groups}`, async (t) => {
    const one = await seenRun({ ...star, ...honest, protocol: { kind: 'edge', groups } });
    const other = await seenRun({
      ...{ ...star, ...honest, servers: null, protocol: 'synchronous' },
      network: { ...star.network, between: undefined },
    });
    const [scores, others] = [one, other].map((run) => told(run, 'evaluated').map(({ scores: { error } }) => error!));
    t.is(scores!.length, others!.length);
    scores!.forEach((error, i) => t.true(Math.abs(error - others![i]!) <= 1e-12 * Math.max(1, error)));
  });

test('Byzantine workers and an edge are borne with, and not by means', async (t) => {
  const clean = await seenRun({ ...star, attack: 'none', servers: { ...star.servers, attack: 'none' } });
  const robust = await seenRun(star);
  const mean = { ...star.servers, aggregator: 'mean', attack: { kind: 'wrong-model', factor: -20 } };
  const atRoot = await seenRun({ ...star, servers: mean });
  const atEdges = await seenRun({ ...star, aggregator: 'mean' });
  const first = told(clean, 'evaluated')[0]!.scores.error!;
  t.true(lastScore(clean, 'error') < first / 10);
  t.true(lastScore(robust, 'error') < first / 5);
  t.false(lastScore(atRoot, 'error') < first);
  t.false(lastScore(atEdges, 'error') < first);
});

test('a step is a model to each edge and worker, a gradient of each, and an aggregate of each edge', async (t) => {
  const run = await seenRun({ ...star, ...honest, stop: { steps: 5 } });
  const posted = told(run, 'posted').filter(({ step }) => step === 2);
  const sent = (content: string, from: (node: number) => boolean): number =>
    posted.filter((each) => each.content === content && from(each.from)).length;
  t.is(
    sent('model', (node) => node === 25),
    4,
  );
  t.is(
    sent('model', (node) => node > 20 && node < 25),
    20,
  );
  t.is(
    sent('gradient', (node) => node <= 20),
    20,
  );
  t.is(
    sent('aggregate', (node) => node > 20 && node < 25),
    4,
  );
  t.is(posted.length, 48);
  const [started] = told(run, 'started');
  t.is(started!.servers, 4);
  t.deepEqual(told(run, 'stepped').map(({ rounds }) => rounds), [4, 8, 12, 16, 20]); // prettier-ignore
  t.is(told(run, 'received').length, 100);
});

test('the same scenario is the same run', async (t) => {
  const scenario = { ...star, attack: 'little', stop: { steps: 20 } };
  const [one, other] = [await seenRun(scenario), await seenRun(scenario)];
  t.is(one.hash, other.hash);
  t.not(one.hash, (await seenRun({ ...scenario, seed: 2 })).hash);
});

test('silent edges and workers within the bounds stop nobody; more of them do', async (t) => {
  const within = await seenRun({ ...star, attack: 'silent', servers: { ...star.servers, attack: 'silence' } });
  t.is(within.error, undefined);
  t.is(told(within, 'stepped').length, 60);
  const ended = async (changes: object): Promise<string> =>
    (await seenRun({ ...star, ...changes, allowUnsafe: true })).error!.message.replace(/^.*after step/, 'after step');
  t.is(
    await ended({ servers: { count: 4, byzantine: 2, attack: 'silence' }, protocol: { kind: 'edge', fServers: 1 } }),
    'after step 0, nobody computes and no message is under way; the root waits for the quorum of 3 aggregates of step 1, of which 2 came; servers 3..4 kept silent',
  );
  t.is(
    await ended({ servers: { count: 4 }, attack: 'silent', protocol: { kind: 'edge', quorum: 5 } }),
    'after step 0, nobody computes and no message is under way; the root waits for the quorum of 4 aggregates of step 1, of which 0 came; server 1 waits for the quorum of 5 gradients of step 1, of which 4 came; workers 17..20 kept silent',
  );
});

test('a Byzantine edge lies to its group, too, and to nobody else', async (t) => {
  const losses = async (attack: object | string): Promise<readonly [own: number, others: number]> => {
    const run = await seenRun({
      ...{ ...star, workers: { count: 20 }, attack: 'none', servers: { ...star.servers, attack } },
      learn: { data: { kind: 'gaussian', rows: 200, testRows: 50, features: 4 }, model: 'logistic', batch: 8 },
    });
    const late = told(run, 'received').filter(({ version }) => version > 30);
    const mean = (own: boolean): number => {
      const chosen = late.filter(({ worker }) => (worker % 4 === 0) === own);
      return chosen.reduce((sum, { loss }) => sum + loss, 0) / chosen.length;
    };
    return [mean(true), mean(false)];
  };
  const [own, others] = await losses({ kind: 'wrong-model', factor: -5 });
  const [, clean] = await losses('none');
  t.true(own > 3 * others, `${own} beside ${others}`);
  t.true(Math.abs(others - clean) < 0.2 * clean, `${others} beside ${clean}`);
});

test('a slow worker leaves out the steps that are over', async (t) => {
  const run = await seenRun({
    ...{ ...star, ...honest, stop: { steps: 40 } },
    workers: { count: 20, speed: 'id == 1 ? 0.1 : 1' },
    protocol: { kind: 'edge', f: 1 },
  });
  t.is(run.error, undefined);
  const versions = told(run, 'assigned').flatMap(({ worker, version }) => (worker === 1 ? [version] : []));
  t.true(versions.length < 30 && versions.length >= 2, `${versions.length}`);
  t.true(told(run, 'delivered').some(({ from, outcome }) => from === 1 && outcome === 'late'));
});

test('what it needs is refused in one sentence each', async (t) => {
  const said = (changes: object) => refusal(() => build(resolveScenario({ ...star, ...changes })));
  const servers = (count: number, byzantine = 0) => ({ count, byzantine });
  t.is(await said({}), undefined);
  t.regex(
    (await said({ servers: servers(2, 1) }))!,
    /the root needs quorumServers >= 2 f \+ 1, which is 3, .* it is 1/,
  );
  t.regex((await said({ servers: servers(10) }))!, /server 7 needs a quorum >= 2 f \+ 1, which is 3, .*; it is 1/);
  t.regex((await said({ protocol: { kind: 'edge', quorum: 5 } }))!, /server 1 needs a quorum <= n − f, which is 4, /);
  t.regex(
    (await said({ protocol: { kind: 'edge', f: 0 } }))!,
    /1 workers of server 1 are Byzantine, and f, of which it withstands, is 0/,
  );
  t.regex((await said({ protocol: { kind: 'edge', fServers: 0 } }))!, /1 server is Byzantine, and fServers/);
  t.is(await said({ protocol: { kind: 'edge', quorum: 6 } }), 'protocol: quorum is 6, but server 1 has 5 workers');
  t.is(
    await said({ protocol: { kind: 'edge', quorumServers: 5 } }),
    'protocol: quorumServers is 5, but there are 4 servers',
  );
  t.is(
    await said({ servers: servers(21) }),
    'protocol: server 21 has no workers; there must be as many workers as servers',
  );
  t.regex((await said({ aggregator: { kind: 'trmean', f: 2 } }))!, /trmean/);
});
