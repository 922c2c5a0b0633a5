import test from 'ava';
import fc from 'fast-check';
import '../fixed-seed.js';
import { logarithm } from '../../src/protocols/learn-conduct.js';
import { build, refusal } from '../scenario/small-scenario.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { lastScore, seenRun, told, type SeenRun } from './seen-run.js';

/** Ten workers, three of them Byzantine, each with noise of its own. */
const peers = {
  name: 'peers',
  learn: { model: { kind: 'quadratic', dimension: 5, noise: 1 } },
  workers: { count: 10, byzantine: 3 },
  network: { compute: 'exponential(1 / speed)', upload: 'lognormal(20ms, 0.5)', download: 'lognormal(20ms, 0.5)' },
  protocol: { kind: 'learn' } as Readonly<Record<string, unknown>>,
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: { kind: 'trmean', f: 3 },
  attack: 'sign-flip' as string | Readonly<Record<string, unknown>>,
  stop: { steps: 60 },
  measure: { every: 10 },
};

test('⌈log₂ t⌉ of small numbers', (t) => {
  t.deepEqual([1, 2, 3, 4, 5, 8, 9, 1024, 1025].map(logarithm), [0, 1, 2, 2, 3, 3, 4, 10, 11]);
});

test('it learns without attack, and under one that the mean does not bear', async (t) => {
  const attack = { kind: 'reverse', factor: 20 };
  const none = await seenRun({ ...peers, attack: 'none' });
  const robust = await seenRun({ ...peers, attack });
  const fragile = await seenRun({ ...peers, attack, aggregator: 'mean' });
  const first = told(none, 'evaluated')[0]!.scores.error!;
  t.true(lastScore(none, 'error') < first / 10);
  t.true(lastScore(robust, 'error') < first / 5);
  t.false(lastScore(fragile, 'error') < first);
});

test('a step is gradients, aggregates ⌈log₂ t⌉ times with agreement, and models, each to all others', async (t) => {
  for (const agreement of ['none', 'log']) {
    const run = await seenRun({ ...peers, protocol: { kind: 'learn', agreement }, attack: 'none', stop: { steps: 9 } });
    const posted = told(run, 'posted');
    const sent = (content: string, step: number): number =>
      posted.filter((each) => each.content === content && each.step === step && each.from === 1).length;
    for (let step = 0; step < 8; step++) {
      t.is(sent('gradient', step), 9);
      t.is(sent('model', step), 9);
      t.is(sent('aggregate', step), agreement === 'log' ? 9 * Math.ceil(Math.log2(step + 1)) : 0);
    }
    // In the messages that each waits for, a step is two exchanges, and those of aggregates.
    const rounds = told(run, 'stepped').map((each) => each.rounds!);
    const most = (step: number): number => 2 + (agreement === 'log' ? Math.ceil(Math.log2(step)) : 0);
    rounds.forEach((all, i) => t.true(all - (rounds[i - 1] ?? 0) <= most(i + 1)));
  }
});

test('gradients are told once, at the reference: its own and the others’', async (t) => {
  const run = await seenRun({ ...peers, protocol: { kind: 'learn', agreement: 'log' }, stop: { steps: 20 } });
  const received = told(run, 'received');
  t.is(received.length, 20 * 7);
  t.is(received.filter(({ worker }) => worker === 1).length, 20);
  t.true(received.some(({ byzantine }) => byzantine));
});

/** A peer's own models of each step, and what the rule makes of the models that it reads. */
interface Seen {
  readonly before: number[][];
  readonly after: number[][];
}

const watching =
  (rule: AggregatorRule, seen: Seen[]): AggregatorRule =>
  (context) => {
    const aggregate = rule(context);
    const own: Seen = { before: [], after: [] };
    seen.push(own);
    return (rows, out) => {
      own.before.push(Array.from(rows.vectors[0]!));
      aggregate(rows, out);
      own.after.push(Array.from(out));
    };
  };

/** A run, and what its honest peers saw: the first ones. */
const watched = async (scenario: typeof peers, honest: number): Promise<readonly [SeenRun, readonly Seen[]]> => {
  const seen: Seen[] = [];
  const run = await seenRun(scenario, (plan) => ({
    ...plan,
    servers: { ...plan.servers!, aggregator: watching(plan.servers!.aggregator, seen) },
  }));
  // Before the peers', rules are made to see what memory they need.
  return [run, seen.slice(-scenario.workers.count).slice(0, honest)];
};

/** Steps that all honest peers took, and whether in each their models were in the box of their models before it. */
const boxed = (honest: readonly Seen[]): { readonly steps: number; readonly inside: boolean } => {
  const steps = Math.min(...honest.map(({ after }) => after.length));
  let inside = true;
  for (let step = 0; step < steps; step++)
    honest[0]!.before[step]!.forEach((_, k) => {
      const values = honest.map(({ before }) => before[step]![k]!);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      for (const { after } of honest) inside &&= after[step]![k]! >= least - 1e-12 && after[step]![k]! <= most + 1e-12;
    });
  return { steps, inside };
};

test('any delays, numbers of peers and attacks within f: the run goes on, and honest models stay in their box', async (t) => {
  const draws = fc.record({
    seed: fc.nat(1e6),
    f: fc.nat(3),
    more: fc.nat(4),
    sigma: fc.double({ min: 0, max: 2, noNaN: true }),
    attack: fc.constantFrom('sign-flip', 'reverse', 'little', 'min-max', 'nan', 'infinite', 'silent'),
    agreement: fc.constantFrom('none', 'log'),
  });
  await fc.assert(
    fc.asyncProperty(draws, async ({ seed, f, more, sigma, attack, agreement }) => {
      const count = 3 * f + 1 + more;
      const scenario = {
        ...{ ...peers, seed, attack, workers: { count, byzantine: f }, aggregator: { kind: 'trmean', f } },
        network: { compute: `lognormal(1s, ${sigma})`, upload: `lognormal(1s, ${sigma})`, download: '1ms' },
        ...{ protocol: { kind: 'learn', agreement }, stop: { steps: 10 }, measure: { every: 5 } },
      };
      const [run, honest] = await watched(scenario, count - f);
      t.is(run.error, undefined);
      t.is(told(run, 'stepped').length, 10);
      t.true(boxed(honest).inside);
    }),
    { numRuns: 25 },
  );
});

for (const attack of ['none', 'sign-flip', 'little', 'nan', 'infinite'])
  for (const agreement of ['none', 'log'])
    test(`honest models stay in the box of honest models, and come nearer in the mean: ${attack}, ${agreement}`, async (t) => {
      const [run, honest] = await watched({ ...peers, attack, protocol: { kind: 'learn', agreement } }, 7);
      t.is(run.error, undefined);
      const { steps, inside } = boxed(honest);
      t.true(steps >= 50 && inside);
      const contracted = told(run, 'contracted');
      t.true(contracted.length >= 50);
      const mean = (name: 'before' | 'after'): number =>
        contracted.reduce((sum, event) => sum + event[name], 0) / contracted.length;
      t.true(mean('after') < mean('before'), `${mean('after')} after ${mean('before')}`);
    });

test('with agreement on gradients, honest models are nearer to each other before they agree on them', async (t) => {
  const mean = async (agreement: string): Promise<number> => {
    const events = told(await seenRun({ ...peers, protocol: { kind: 'learn', agreement } }), 'contracted');
    return events.reduce((sum, { before }) => sum + before, 0) / events.length;
  };
  t.true((await mean('log')) < (await mean('none')) / 2);
});

test('without Byzantine workers, quorums of all and means, all have the model of a server that averages', async (t) => {
  const honest = { ...peers, workers: { count: 6 }, attack: 'none', aggregator: 'mean', stop: { steps: 30 } };
  const together = await seenRun(honest);
  for (const { after } of told(together, 'contracted')) t.true(after < 1e-12);
  const server = await seenRun({ ...honest, protocol: 'synchronous' });
  const [one, other] = [together, server].map((run) => lastScore(run, 'error'));
  t.true(Math.abs(one! - other!) <= 1e-12 * Math.max(1, other!), `${one} beside ${other}`);
});

test('liars who try their lies try those about models on the rule on models', async (t) => {
  const attack = { kind: 'optimal', attack: 'min-max', evaluations: 4 };
  const scenario = { ...peers, attack, workers: { count: 10, byzantine: 2 }, stop: { steps: 10 } };
  const [run, honest] = await watched({ ...scenario, aggregator: { kind: 'trmean', f: 2 } }, 8);
  t.is(run.error, undefined);
  t.true(boxed(honest).inside);
  let tried = 0;
  await seenRun({ ...scenario, aggregator: { kind: 'trmean', f: 2 } }, (plan) => ({
    ...plan,
    servers: {
      ...plan.servers!,
      aggregator: (context) => {
        const aggregate = plan.servers!.aggregator(context);
        return (rows, out) => {
          tried += 1;
          aggregate(rows, out);
        };
      },
    },
  }));
  // Ten peers' ten steps or so are a hundred uses of the rule; trials are several times as many.
  t.true(tried > 300, `${tried}`);
});

test('the same scenario is the same run', async (t) => {
  const scenario = { ...peers, protocol: { kind: 'learn', agreement: 'log' }, attack: 'little', stop: { steps: 20 } };
  const [one, other] = [await seenRun(scenario), await seenRun(scenario)];
  t.is(one.hash, other.hash);
  t.not(one.hash, (await seenRun({ ...scenario, seed: 2 })).hash);
});

test('silent ones within f stop nobody; more of them do, and the run says who waits for what', async (t) => {
  const within = await seenRun({ ...peers, attack: 'silent' });
  t.is(within.error, undefined);
  t.is(told(within, 'stepped').length, 60);
  const beyond = await seenRun({ ...peers, protocol: { kind: 'learn', f: 2 }, attack: 'silent', allowUnsafe: true });
  t.is(
    beyond.error!.message.replace(/^.*after step/, 'after step'),
    'after step 0, nobody computes and no message is under way; worker 1 waits for the quorum of 8 gradients of step 1, of which 7 came; workers 8..10 kept silent',
  );
});

test('what its theorems ask is refused in one sentence each', async (t) => {
  const said = (changes: object) => refusal(() => build(resolveScenario({ ...peers, ...changes })));
  t.is(await said({}), undefined);
  t.is(
    await said({ aggregator: { kind: 'mda', f: 3 } }),
    'protocol: LEARN with mda needs n >= 6 f + 1, which is 19; there are 10 workers; --allow-unsafe runs it anyway, outside the theorem',
  );
  t.is(
    await said({ workers: { count: 9, byzantine: 3 }, aggregator: 'cwmed' }),
    'protocol: LEARN needs n >= 3 f + 1, which is 10; there are 9 workers; LEARN needs q >= 2 f + 1, which is 7; the quorum is 6; --allow-unsafe runs it anyway, outside the theorem',
  );
  t.regex((await said({ protocol: { kind: 'learn', quorum: 8 } }))!, /needs q <= n − f, which is 7; the quorum is 8/);
  t.regex(
    (await said({ protocol: { kind: 'learn', f: 2 } }))!,
    /3 workers are Byzantine, and f, of which it withstands, is 2/,
  );
  t.is(await said({ protocol: { kind: 'learn', quorum: 11 } }), 'protocol: quorum is 11, but there are 10 workers');
  t.is(
    await said({ servers: { count: 3 } }),
    'servers: under learn workers are each other’s servers; leave "servers" out',
  );
  t.regex(
    (await said({ network: { ...peers.network, between: { delay: '5ms' } } }))!,
    /has no meaning under learn: it is between servers/,
  );
  t.regex(
    (await said({ network: { ...peers.network, link: { service: '1ms' } } }))!,
    /has no meaning under learn: it is the link of a server/,
  );
});

test('outside its theorem, it runs with the median of models', async (t) => {
  const run = await seenRun({
    ...{ ...peers, workers: { count: 6, byzantine: 3 }, aggregator: 'cwmed', stop: { steps: 10 } },
    allowUnsafe: true,
  });
  t.is(run.error, undefined);
  t.is(told(run, 'stepped').length, 10);
});

test('liars who compute nothing stop nobody who waits for all', async (t) => {
  const run = await seenRun({
    ...{ ...peers, attack: 'little', aggregator: 'cwmed', stop: { steps: 5 } },
    ...{ protocol: { kind: 'learn', f: 0 }, allowUnsafe: true },
  });
  t.is(run.error, undefined);
  t.is(told(run, 'stepped').length, 5);
});
