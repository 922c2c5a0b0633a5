import test from 'ava';
import fc from 'fast-check';
import { serverAttacks, type ServerLie } from '../../src/attacks/servers/index.js';
import { DeadlockError, type Plan } from '../../src/engine/index.js';
import { refusal, build } from '../scenario/small-scenario.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { lastScore, seenRun, told, type SeenRun } from './seen-run.js';

const servers = { count: 4, byzantine: 1, attack: 'none' } as const;
const liubei = { kind: 'liubei', timeout: '2s', gather: 4 } as const;

/** Servers 8 to 11, of which the last is Byzantine, and workers of which 6 and 7 are. */
const scenario = {
  name: 'liubei',
  learn: { data: { kind: 'gaussian', rows: 300, testRows: 200, features: 8 }, model: 'softmax', batch: 8 },
  workers: { count: 7, byzantine: 2 },
  servers,
  network: {
    ...{ compute: 'uniform(0.1, 0.4)', upload: 'uniform(0.01, 0.05)', download: 'uniform(0.01, 0.05)' },
    between: { delay: 'uniform(0.01, 0.05)' },
  },
  protocol: liubei,
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: { kind: 'mda', f: 2 },
  attack: { kind: 'reverse', factor: 100 },
  stop: { steps: 60 },
  measure: { every: 60 },
} as const;

const liar = 11;

/** How many models each worker asked for in each step: of how many servers, as what is lost is sent again. */
const pullsOf = (run: SeenRun): readonly number[] => {
  const asked = new Map<string, Set<number>>();
  for (const { content, from, to, step } of told(run, 'posted'))
    if (content === 'request') {
      const all = asked.get(`${from}/${step}`) ?? new Set();
      asked.set(`${from}/${step}`, all.add(to));
    }
  return [...asked.values()].map(({ size }) => size);
};

const outcomes = (run: SeenRun, content: string, from: (node: number) => boolean): readonly string[] =>
  told(run, 'delivered')
    .filter((event) => event.content === content && from(event.from))
    .map(({ outcome }) => outcome);

const accuracy = (run: SeenRun): number => lastScore(run, 'accuracy');

test('without attack every honest message is in time, and each step pulls a model for each worker', async (t) => {
  const run = await seenRun({ ...scenario, attack: 'none' });
  t.is(run.error, undefined);
  t.is(told(run, 'stepped').length, 60);
  t.true(outcomes(run, 'gradient', () => true).every((outcome) => outcome === 'taken'));
  // Of steps 1 to 60 each fourth is a gather; of the last, nobody needs one.
  t.is(new Set(told(run, 'posted').flatMap(({ content, step }) => (content === 'request' ? [step] : []))).size, 45);
  t.true(pullsOf(run).every((pulls) => pulls <= 2));
});

test('honest servers are together again after each gather', async (t) => {
  const gathers = told(await seenRun(scenario), 'contracted');
  t.deepEqual(
    gathers.map(({ step }) => step),
    Array.from({ length: gathers.length }, (_, i) => 4 * (i + 1)),
  );
  t.true(gathers.length >= 14);
  t.true(gathers.every(({ before, after }) => after <= before + 1e-12));
});

for (const attack of Object.keys(serverAttacks))
  test(`it holds against reversed gradients and the server attack ${attack}`, async (t) => {
    const calm = await seenRun({ ...scenario, attack: 'none' });
    const run = await seenRun({ ...scenario, servers: { ...servers, attack } });
    t.is(run.error, undefined);
    t.true(accuracy(run) >= accuracy(calm) - 0.05, `${accuracy(run)} beside ${accuracy(calm)}`);
    t.true(pullsOf(run).every((pulls) => pulls <= 2));
  });

test('a wrong model is refused, and the next server asked at once', async (t) => {
  const run = await seenRun({ ...scenario, servers: { ...servers, attack: { kind: 'wrong-model', factor: -50 } } });
  const verdicts = outcomes(run, 'model', (node) => node === liar);
  t.true(verdicts.filter((outcome) => outcome === 'rejected').length > 30);
  t.true(pullsOf(run).some((pulls) => pulls === 2));
});

test('who asks a silent server asks another after the timeout', async (t) => {
  const run = await seenRun({ ...scenario, servers: { ...servers, attack: 'silence' } });
  const requests = told(run, 'posted').filter(({ content }) => content === 'request');
  const inVain = requests.filter(({ to }) => to === liar);
  t.true(inVain.length > 30);
  for (const { from, step, time } of inVain.slice(0, 30)) {
    const next = requests.find((other) => other.from === from && other.step === step && other.time > time);
    const first = requests.find((other) => other.from === from && other.step === step)!;
    if (first.to === liar) t.true(Math.abs(next!.time - time - 2000) < 1e-6);
  }
  const honest = told(run, 'delivered').filter(({ content, to }) => content === 'gradient' && to !== liar);
  t.true(
    honest.every(({ outcome }) => outcome === 'taken'),
    'servers wait for who had to ask twice',
  );
});

test('more silent servers than are withstood end the run, with the quorum that can’t fill', async (t) => {
  const run = await seenRun({
    ...scenario,
    ...{ servers: { ...servers, byzantine: 2, attack: 'silence' }, allowUnsafe: true },
    protocol: { ...liubei, fServers: 1 },
  });
  t.true(run.error instanceof DeadlockError);
  t.regex(
    run.error!.message,
    /server 1 waits for the quorum of (3 models of step 4, of which 2|5 gradients of step \d+, of which [0-4]) came/,
  );
  t.regex(run.error!.message, /servers 3\.\.4 kept silent$/);
});

test('more silent workers than are withstood end the run', async (t) => {
  const run = await seenRun({ ...scenario, attack: 'silent', allowUnsafe: true, protocol: { ...liubei, f: 1 } });
  t.true(run.error instanceof DeadlockError);
  t.regex(run.error!.message, /server 1 waits for the quorum of 6 gradients of step 1, of which 5 came/);
  t.regex(run.error!.message, /worker 1 waits for one of the 2 models of step 2 that it asked for, of servers? \d/);
});

test('silent workers cost a timeout a step, for each server that may be silent too, and no more', async (t) => {
  const run = await seenRun({ ...scenario, attack: 'silent', stop: { steps: 12 }, measure: { every: 12 } });
  t.is(run.error, undefined);
  const times = told(run, 'stepped').map(({ time }) => time);
  times.slice(1).forEach((time, i) => t.true(time - times[i]! <= 2 * 2000 + 2 * 2000 + 200));
  t.true(times.at(-1)! >= 12 * 4000);
});

test('a worker that is far too slow goes on with its servers, and stops nobody', async (t) => {
  const run = await seenRun(
    { ...scenario, attack: 'none', workers: { count: 7, byzantine: 2, speed: '1' } },
    (plan: Plan): Plan => ({
      ...plan,
      workers: plan.workers.map((worker, i) =>
        i > 0 ? worker : { ...worker, link: { ...worker.link, compute: { sample: () => 11_000 } } },
      ),
    }),
  );
  t.is(run.error, undefined);
  const versions = told(run, 'assigned').flatMap(({ worker, version }) => (worker === 1 ? [version] : []));
  t.true(versions.length < 40 && versions.at(-1)! > 50, versions.join(' '));
});

test('a model is accepted only within the bound, whatever the server makes of what it knows of it', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), fc.double({ min: 0, max: 2, noNaN: true }), async (seed, share) => {
      const lies: { readonly reader: number; readonly far: boolean }[] = [];
      // Along the first coordinate, `share` of the radius away, give or take: the nearer or the farther half of both.
      const lie =
        (): ServerLie =>
        ({ tolerance, reader, random }, out) => {
          if (tolerance === undefined) return;
          const far = random.next() < 0.5;
          out.set(tolerance.centre);
          out[0]! += (far ? 1.001 + share : Math.min(0.999, share)) * tolerance.radius + (far ? 1e-9 : 0);
          // What those judge who lie themselves is nobody's loss.
          if (reader <= 5) lies.push({ reader, far });
        };
      const run = await seenRun({ ...scenario, seed, stop: { steps: 24 }, measure: { every: 24 } }, (plan) => ({
        ...plan,
        servers: { ...plan.servers!, attack: { lie } },
      }));
      t.is(run.error, undefined);
      const judged = told(run, 'delivered').filter(
        ({ from, to, content, step, outcome }) =>
          from === liar && to <= 5 && content === 'model' && step % 4 !== 0 && outcome !== 'late',
      );
      t.is(judged.length, lies.length);
      judged.forEach(({ to, outcome }, i) => {
        t.is(to, lies[i]!.reader);
        if (lies[i]!.far) t.is(outcome, 'rejected');
      });
      t.true(pullsOf(run).every((pulls) => pulls <= 2));
    }),
    { numRuns: 12 },
  );
});

const faults = [
  {},
  { network: { ...scenario.network, rules: [{ reorder: 0.2, by: '300ms' }] } },
  { network: { ...scenario.network, rules: [{ duplicate: 0.2, after: '20ms' }] } },
  { network: { ...scenario.network, rules: [{ drop: 0.1 }], retry: { timeout: '200ms', attempts: 10 } } },
  { network: { ...scenario.network, upload: 'exponential(0.3)', between: { delay: 'exponential(0.5)' } } },
  { script: [{ at: '2s', partition: [1], for: '8s' }] },
] as const;

test('whatever the network does within the bound, it goes on, learns, and pulls no more than f_ps + 1 models a step', async (t) => {
  const part = fc.record({
    seed: fc.nat(1e6),
    fault: fc.constantFrom(...faults),
    fServers: fc.constantFrom(0, 1, 2),
    f: fc.constantFrom(0, 1, 2, 3),
    more: fc.nat(2),
    gather: fc.constantFrom(1, 2, 3, 7, 100),
    server: fc.constantFrom(...Object.keys(serverAttacks)),
    worker: fc.constantFrom('none', 'reverse', 'silent', 'little', 'label-flip'),
  });
  await fc.assert(
    fc.asyncProperty(part, async ({ seed, fault, fServers, f, more, gather, server, worker }) => {
      const run = await seenRun({
        ...{ ...scenario, seed, ...fault },
        workers: { count: 2 * f + 1 + more, byzantine: f },
        servers: { count: 3 * fServers + 1 + more, byzantine: fServers, attack: server },
        protocol: { kind: 'liubei', timeout: '60s', gather },
        aggregator: { kind: 'mda', f },
        attack: worker,
      });
      t.is(run.error, undefined);
      t.is(told(run, 'stepped').length, 60);
      t.true(accuracy(run) > 0.8, `${accuracy(run)}`);
      t.true(pullsOf(run).every((pulls) => pulls <= fServers + 1));
    }),
    { numRuns: 25 },
  );
});

test('where no worker is Byzantine models aren’t bounded, but must be finite', async (t) => {
  const lie = (): ServerLie => (_view, out) => void out.fill(NaN);
  const run = await seenRun({ ...scenario, workers: { count: 7 }, aggregator: 'mean', attack: 'none' }, (plan) => ({
    ...plan,
    servers: { ...plan.servers!, attack: { lie } },
  }));
  const judged = told(run, 'delivered').filter(
    ({ from, to, content, step }) => from === liar && to <= 7 && content === 'model' && step % 4 !== 0,
  );
  t.true(judged.length > 30 && judged.every(({ outcome }) => outcome !== 'taken'));
  t.true(accuracy(run) > 0.5);
});

test('with T = 1 nobody pulls: all models are gathered in each step', async (t) => {
  const run = await seenRun({ ...scenario, protocol: { ...liubei, gather: 1 } });
  t.is(run.error, undefined);
  t.deepEqual(pullsOf(run), []);
  t.is(told(run, 'stepped').length, 60);
});

test('labels that lie are computed on, and judged as honest ones are', async (t) => {
  const run = await seenRun({ ...scenario, attack: 'label-flip' });
  t.is(run.error, undefined);
  t.true(accuracy(run) > 0.5);
});

test('the same seed is the same run, another seed another', async (t) => {
  const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => seenRun({ ...scenario, seed })));
  t.is(one!.hash, again!.hash);
  t.not(one!.hash, other!.hash);
});

const refused = async (changes: Readonly<Record<string, unknown>>): Promise<string | undefined> =>
  refusal(() => build(resolveScenario({ ...scenario, ...changes })));

test('what it can’t work on is refused with a sentence', async (t) => {
  t.regex(
    (await refused({ method: { kind: 'momentum', lr: 0.1 } }))!,
    /^protocol: LiuBei’s workers compare .* use sgd$/,
  );
  t.regex((await refused({ protocol: { kind: 'liubei', gather: 3 } }))!, /timeout/);
  t.regex(
    (await refused({
      learn: { ...scenario.learn, model: { kind: 'mlp', hidden: [3] } },
      protocol: { ...liubei, gather: undefined },
    }))!,
    /gather is missing/,
  );
  t.regex((await refused({ protocol: { ...liubei, lipschitz: 3 } }))!, /gather and lipschitz are given/);
  t.regex((await refused({ protocol: { ...liubei, f: 7 }, allowUnsafe: true }))!, /f is 7, but there are 7 workers/);
  t.regex(
    (await refused({ protocol: { ...liubei, fServers: 4 }, allowUnsafe: true }))!,
    /fServers is 4, but there are 4 servers/,
  );
  t.regex(
    (await refused({ servers: { ...servers, count: 3 } }))!,
    /LiuBei needs n_ps >= 3 f_ps \+ 1, which is 4; there are 3 servers/,
  );
});
