import test from 'ava';
import { simulate } from '../../../src/engine/index.js';
import type { ServersPlan } from '../../../src/engine/index.js';
import { serverAttacks } from '../../../src/attacks/servers/index.js';
import { InputError } from '../../../src/scenario/input-error.js';
import { objectSource } from '../../../src/scenario/source.js';
import { resolveSource } from '../../../src/scenario/resolve.js';
import { plainKernels, type KernelSource } from '../../../src/kernels/index.js';
import { clusterMemoryNeeded } from '../../../src/engine/cluster/memory-needed.js';
import { isClusterProtocol } from '../../../src/engine/index.js';
import { build, refusal, smallBut } from '../small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const served = {
  workers: { count: 9, byzantine: 2 },
  servers: { count: 6, byzantine: 1 },
  network: { compute: 'exponential(20ms)', upload: '5ms', download: '5ms', between: { delay: '5ms' } },
  protocol: 'guanyu',
};

const builtWith = async (changes: Changes = {}) => build(smallBut({ ...served, ...changes }));

const serversWith = async (changes: Changes = {}): Promise<ServersPlan> => (await builtWith(changes)).plan.servers!;

const refused = (changes: Changes): Promise<string | undefined> => refusal(() => builtWith(changes));

const liarsOf = ({ members }: ServersPlan): readonly number[] =>
  members.flatMap(({ byzantine }, i) => (byzantine ? [i + 1] : []));

test('Byzantine servers are the last so many, or those that are named', async (t) => {
  t.deepEqual(liarsOf(await serversWith()), [6]);
  t.deepEqual(liarsOf(await serversWith({ servers: { count: 12, byzantine: ['2..3'] } })), [2, 3]);
  t.deepEqual(liarsOf(await serversWith({ servers: { count: 6, byzantine: [1] } })), [1]);
  t.deepEqual(liarsOf(await serversWith({ servers: { count: 6 } })), []);
});

test('servers that make no sense are refused, each in one sentence', async (t) => {
  const cases: readonly (readonly [unknown, string | RegExp])[] = [
    [{ count: 0 }, /^servers\.count: /],
    [{ count: 1001 }, /^servers\.count: /],
    [{ byzantine: 1 }, /^servers\.count: /],
    [{ count: 6, byzantine: -1 }, /^servers\.byzantine: /],
    [
      { count: 6, byzantine: 6 },
      'servers.byzantine: 6 Byzantine servers of 6 found; at least one server must be honest',
    ],
    [{ count: 6, byzantine: [7] }, 'servers.byzantine: server 7 found; servers are numbered 1 to 6'],
    [{ count: 6, byzantine: [2, '1..3'] }, 'servers.byzantine: a server is named twice'],
    [{ count: 6, byzantine: ['1..999999999'] }, /^servers\.byzantine/],
    [
      { count: 6, byzantine: 1, attack: 'wrong-modle' },
      /unknown server attack "wrong-modle".*did you mean "wrong-model"\?$/,
    ],
    [{ count: 6, byzantine: 1, attack: { kind: 'stale', age: 0 } }, /^servers\.attack\.age: /],
    [{ count: 6, byzantine: 1, attack: { kind: 'drift', share: 2 } }, /^servers\.attack\.share: /],
    [{ count: 6, byzantine: 1, attack: { kind: 'equivocate', distance: -1 } }, /^servers\.attack\.distance: /],
    [{ count: 6, byzantine: 1, attack: { kind: 'silence', at: 'soon' } }, /^servers\.attack\.at: /],
    [{ count: 6, aggregator: 'cwmde' }, /"cwmde".*did you mean "cwmed"\?$/],
    [{ count: 6, byzantin: 1 }, /unknown key "byzantin" in servers.*did you mean "byzantine"\?$/],
  ];
  for (const [servers, says] of cases) {
    const sentence = await refused({ servers });
    const wanted = typeof says === 'string' ? sentence === says : says.test(sentence ?? '');
    t.true(wanted, `${JSON.stringify(servers)}: ${sentence}`);
  }
});

test('the rule on models must fit the quorum of servers', async (t) => {
  t.regex(
    (await refused({ servers: { count: 6, byzantine: 1, aggregator: { kind: 'krum', f: 4 } } }))!,
    /^servers\.aggregator/,
  );
  t.is(await refused({ servers: { count: 6, byzantine: 1, aggregator: 'gm' } }), undefined);
});

test('protocols of one server take none, those of several need them', async (t) => {
  t.is(
    await refused({ protocol: 'synchronous' }),
    'servers: synchronous has one server; leave "servers" out, or say servers: null',
  );
  t.is(await refused({ protocol: 'synchronous', servers: null }), undefined);
  for (const servers of [undefined, null])
    t.is(
      await refused({ servers }),
      'the key "servers" is missing; guanyu needs several, such as servers: { count: 6, byzantine: 1 }',
    );
});

test('what has a meaning with one server only is refused under several', async (t) => {
  const cases: Readonly<Record<string, Changes>> = {
    'policy: has no meaning under guanyu: a policy judges': { policy: 'kardam' },
    'timing: has no meaning under guanyu: liars hold': { timing: 'flooding' },
    'workers.availability: has no meaning under guanyu: comings': {
      workers: { count: 9, byzantine: 2, availability: { kind: 'on-off', on: '1s', off: '1s' } },
    },
    'workers.byzantine: has no meaning under guanyu: workers turn': {
      workers: { count: 9, byzantine: { kind: 'periodic', start: 2, every: '5 steps', next: 'rotate' } },
    },
    'script.0: has no meaning under guanyu: only partitions': { script: ['at 5 steps: lr becomes 0.02'] },
    'network.copies: has no meaning under guanyu: a copy': { network: { ...served.network, copies: 'count' } },
    'weights: has no meaning under guanyu: each message': { weights: 'count' },
    'protocol: dynabro works in rounds, and guanyu has none': { method: { kind: 'dynabro', lr: 0.1 } },
    'method: has no meaning under guanyu: mu2-sgd keeps': { method: { kind: 'mu2-sgd', lr: 0.1 } },
    'network.between.rules.0.phase: "download" found': {
      network: { ...served.network, between: { rules: [{ drop: 0.1, phase: 'download' }] } },
    },
  };
  for (const [begins, changes] of Object.entries(cases)) {
    const sentence = await refused(changes);
    t.true(sentence?.startsWith(begins) === true, `${begins}: ${sentence}`);
  }
  for (const fine of [
    { policy: 'none' },
    { script: ['at 1s: partition {1..2} from server for 1s'] },
    { weights: 'uniform' },
    { network: { ...served.network, compression: { kind: 'randk', share: 0.5 } } },
    { method: { kind: 'momentum', lr: 0.1 } },
  ])
    t.is(await refused(fine), undefined, JSON.stringify(fine));
});

test('what is between servers: its delay, its lines, its rules; wrong ones are told at their key', async (t) => {
  const between = (parts: Changes) => ({ network: { ...served.network, between: parts } });
  const { line, carriersBetween } = await serversWith(between({ bandwidth: 5, loss: 0.5, rules: [{ drop: 0.1 }] }));
  t.deepEqual(line, { up: 5, down: 5 });
  t.is(carriersBetween?.length, 2);
  t.deepEqual((await serversWith()).line, {});
  for (const [parts, key] of [
    [{ delay: 'speed' }, 'network.between.delay'],
    [{ delay: '-5ms' }, 'network.between.delay'],
    [{ bandwidth: 0 }, 'network.between.bandwidth'],
    [{ loss: 2 }, 'network.between.loss'],
    [{ rules: [{ drop: 0.1, workers: [7] }] }, 'network.between.rules.0'],
    [{ rules: [{ dorp: 0.1 }] }, 'network.between.rules.0'],
    [{ dealy: '5ms' }, 'unknown key "dealy"'],
  ] as const) {
    const sentence = await refused(between(parts));
    t.true(sentence?.includes(key) === true, `${key}: ${sentence}`);
  }
});

test('windows of rules between servers count as changes to come', async (t) => {
  const rules = [{ drop: 0.1, from: '1s', until: '7s' }];
  t.is((await builtWith({ network: { ...served.network, between: { rules } } })).plan.changesUntil, 7000);
});

test('a mistake is told with its line', (t) => {
  const text = { name: 'x', servers: { count: 6, byzantine: 6 } };
  const error = t.throws(() => resolveSource(objectSource({ ...smallBut({}), ...served, ...text }, 'x.ts'), []), {
    instanceOf: InputError,
  });
  t.regex(error.message, /^x\.ts.*servers\.byzantine: 6 Byzantine servers of 6 found/);
});

test('preconditions are refused with their sentences, unless that is allowed', async (t) => {
  const servers = { count: 5, byzantine: 1 };
  t.is(
    await refused({ servers }),
    'protocol: GuanYu needs n_ps >= 3 f_ps + 3, which is 6; there are 5 servers; GuanYu needs q_ps >= 2 f_ps + 3, which is 5; the quorum of servers is 4; --allow-unsafe runs it anyway, outside the theorem',
  );
  t.deepEqual((await builtWith({ servers, allowUnsafe: true })).outside, [
    'GuanYu needs n_ps >= 3 f_ps + 3, which is 6; there are 5 servers',
    'GuanYu needs q_ps >= 2 f_ps + 3, which is 5; the quorum of servers is 4',
  ]);
  t.false('outside' in (await builtWith()));
});

test('a run claims no more memory than is foreseen, with every attack of servers', async (t) => {
  for (const attack of Object.keys(serverAttacks))
    for (const aggregator of attack === 'stale' ? ['cwmed', [{ kind: 'nnm', f: 2 }, 'gm']] : ['cwmed']) {
      const { plan, protocol } = await builtWith({
        ...{ aggregator, servers: { count: 6, byzantine: 1, attack } },
        learn: { model: { kind: 'quadratic', dimension: 2000, noise: 1 } },
        attack: { kind: 'optimal', attack: 'little', evaluations: 2 },
        stop: { steps: 2 },
      });
      if (!isClusterProtocol(protocol)) throw new Error('not a protocol of several servers');
      const kernels = plainKernels();
      const source: KernelSource = { kind: 'plain', limit: Infinity, create: () => kernels };
      const failed: unknown[] = [];
      simulate({ ...plan, kernels: source }, protocol).subscribe({ error: (error) => failed.push(error) });
      t.deepEqual(failed, []);
      const members = { workers: plan.workers, servers: plan.servers!.members };
      const { linear } = clusterMemoryNeeded(plan, protocol.shape(members));
      t.true(
        kernels.memory.claimed > 0 && kernels.memory.claimed <= linear,
        `${attack}: ${kernels.memory.claimed} of ${linear}`,
      );
    }
});
