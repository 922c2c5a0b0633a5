import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import { lastValueFrom, toArray } from 'rxjs';
import { simulate } from '../../src/engine/index.js';
import type { Dataset } from '../../src/learning/dataset.js';
import { seededRandom } from '../../src/random/index.js';
import { buildRun, type Run } from '../../src/scenario/build.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { resolveSource } from '../../src/scenario/resolve.js';
import { objectSource } from '../../src/scenario/source.js';
import { traceHash } from '../../src/report/index.js';
import { build, refusal, small, smallBut, smallWith } from './small-scenario.js';

const liars = ({ plan }: Run): readonly number[] =>
  plan.workers.flatMap(({ byzantine }, i) => (byzantine ? [i + 1] : []));
const speeds = ({ plan }: Run): readonly number[] => plan.workers.map(({ speed }) => speed);

test('a number of Byzantine workers are the last ones; a list are those named', async (t) => {
  const of = async (byzantine: unknown): Promise<readonly number[]> =>
    liars(await build(smallBut({ workers: { count: 6, byzantine } })));
  t.deepEqual(await of(0), []);
  t.deepEqual(await of(2), [5, 6]);
  t.deepEqual(await of(5), [2, 3, 4, 5, 6]);
  t.deepEqual(await of([4, 1]), [1, 4]);
  t.deepEqual(await of([]), []);
});

test('ids count from 1 within the honest and within the Byzantine; group is how many they are', async (t) => {
  const of = async (speed: string): Promise<readonly number[]> =>
    speeds(await build(smallBut({ workers: { count: 6, byzantine: [2, 5], speed } })));
  t.deepEqual(await of('id'), [1, 1, 2, 3, 2, 4]);
  t.deepEqual(await of('group'), [4, 2, 4, 4, 2, 4]);
  t.deepEqual(await of('1 + byzantine'), [1, 2, 1, 1, 2, 1]);
  t.deepEqual(await of('id^2 / group'), [0.25, 0.5, 1, 2.25, 2, 4]);
  t.deepEqual(speeds(await build(smallBut({ workers: { count: 3, speed: 0.5 } }))), [0.5, 0.5, 0.5]);
});

test('whoever lies, the ids of both groups are 1 to their size, in order', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 7 }), async (byzantine) => {
      const run = await build(smallBut({ workers: { count: 8, byzantine, speed: 'id' } }));
      for (const group of [true, false]) {
        const ids = run.plan.workers.filter((worker) => worker.byzantine === group).map(({ speed }) => speed);
        t.deepEqual(
          ids,
          ids.map((_, i) => i + 1),
        );
      }
      t.deepEqual(
        liars(run),
        [...byzantine].sort((a, b) => a - b),
      );
    }),
    { numRuns: 30 },
  );
});

test('delays know the speed of their worker and its id', async (t) => {
  const { plan } = await build(
    smallWith(
      'workers.speed=id^2',
      'network.compute=1 / speed',
      'network.upload=id * 10ms',
      'network.download=byzantine',
    ),
  );
  const random = seededRandom('x');
  const spans = (phase: 'compute' | 'upload' | 'download'): readonly number[] =>
    plan.workers.map(({ link }) => link[phase].sample(random));
  t.deepEqual(spans('compute'), [1000, 250, (1 / 9) * 1000, 1000, 250]);
  t.deepEqual(spans('upload'), [10, 20, 30, 10, 20]);
  t.deepEqual(spans('download'), [0, 0, 0, 1000, 1000]);
});

test('weights are counts, ones, or a formula of counts', async (t) => {
  const of = async (weights: string): Promise<readonly number[]> => {
    const { plan } = await build(smallWith(`weights=${weights}`));
    return [1, 2, 9].map((count) => plan.weight(count));
  };
  t.deepEqual(await of('count'), [1, 2, 9]);
  t.deepEqual(await of('uniform'), [1, 1, 1]);
  t.deepEqual(await of('sqrt(count)'), [1, Math.SQRT2, 3]);
  t.deepEqual(await of('2.5'), [2.5, 2.5, 2.5]);
});

test('ends and measurements are in steps and virtual milliseconds', async (t) => {
  const of = async (stop: object, every?: unknown): Promise<unknown> => {
    const { plan } = await build(smallBut({ stop, ...(every === undefined ? {} : { measure: { every } }) }));
    return { stop: plan.stop, measure: plan.measure };
  };
  t.deepEqual(await of({ steps: 100 }), {
    stop: { steps: 100, time: undefined },
    measure: { kind: 'steps', steps: 4 },
  });
  t.deepEqual(await of({ time: '5s' }), {
    stop: { steps: undefined, time: 5000 },
    measure: { kind: 'time', time: 200 },
  });
  t.deepEqual(await of({ steps: 3, time: 2 }, '10ms'), {
    stop: { steps: 3, time: 2000 },
    measure: { kind: 'time', time: 10 },
  });
});

test('any time to stop at gives a run that measures itself 25 times', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.constantFrom('us', 'ms', 's', 'min', 'h'),
      async (value, unit) => {
        const { plan } = await build(smallBut({ stop: { time: `${value}${unit}` } }));
        const time = plan.measure.kind === 'time' ? plan.measure.time : NaN;
        t.true(Math.abs((time * 25) / plan.stop.time! - 1) < 1e-12);
      },
    ),
    { numRuns: 50 },
  );
});

test('nested operators and chains give the same run', async (t) => {
  const hash = async (aggregator: string): Promise<string> => {
    const { plan, protocol } = await build(smallWith(`aggregator=${aggregator}`));
    const digest = traceHash();
    for (const event of await lastValueFrom(simulate(plan, protocol).pipe(toArray()))) digest.update(event);
    return digest.result();
  };
  t.is(await hash('[{kind: ctma, lambda: 0.4}, gm]'), await hash('{kind: ctma, lambda: 0.4, base: gm}'));
  t.not(await hash('[{kind: ctma, lambda: 0.4}, gm]'), await hash('gm'));
});

test('runs that share a data set read it once', async (t) => {
  const cache = new Map<string, Promise<Dataset>>();
  const scenario = smallWith(
    'learn.model=softmax',
    'learn.data={kind: gaussian, rows: 40, testRows: 10, features: 2}',
    'learn.partition=iid',
  );
  const [first, second] = [
    await buildRun(scenario, { directory: '/nowhere', cache }),
    await buildRun({ ...scenario, seed: 2 }, { directory: '/nowhere', cache }),
  ];
  t.is(cache.size, 1);
  const rows = ({ plan }: Run): readonly number[] =>
    plan.workers.flatMap(({ share }) => [...share!]).sort((a, b) => a - b);
  t.deepEqual(
    rows(first),
    Array.from({ length: 40 }, (_, i) => i),
  );
  t.deepEqual(rows(second), rows(first));
});

const refused: readonly (readonly [readonly string[], RegExp])[] = [
  [['workers.speed=idd'], /^workers\.speed: unknown variable "idd" in a formula; .* did you mean "id"\?$/],
  [['workers.speed=0'], /^workers\.speed: "0" is 0 for worker 1; a speed must be finite and > 0$/],
  [['workers.speed=id - 2'], /"id - 2" is -1 for worker 1/],
  [['workers.speed=1 / (3 - id)'], /is Infinity for worker 3/],
  [['network.compute=-1'], /^network\.compute: the delay "-1" is -1 s; it must be finite and >= 0$/],
  [['network.upload=uniform(-1, 1)'], /^network\.upload: the delay "uniform\(-1, 1\)" can be as low as -1 s/],
  [['network.upload=exponential(1 / (speed - 3))'], /^network\.upload: exponential: mean: found/],
  [['weights=0'], /^weights: is 0 at count 1; a weight must be finite and > 0$/],
  [['weights=100 - count'], /^weights: is 0 at count 100/],
  [
    ['weights=unfiorm'],
    /^weights: unknown variable "unfiorm" in a formula; allowed are count, uniform, .* did you mean "uniform"\?$/,
  ],
  [['method.lr=1 / sqrt(tt)'], /^method\.lr: unknown variable "tt"/],
  [['method={kind: mu2-sgd, lr: 0.1, gamma: 0.1, alpha: t}'], /^method: alpha and gamma are two ways to say the same/],
  [['method.radius=1'], /^method: radius is 1, but the starting point lies at distance 1\.73/],
  [['learn.model={kind: quadratic, start: 1, distance: 2}'], /^learn\.model: .*start or distance, not both/],
  [
    ['learn.model=quadratic', 'learn.data=digits'],
    /^learn\.model: model quadratic learns from no data, but digits is named$/,
  ],
  [['learn.model=softmax'], /^learn: the model softmax needs data; give it one of digits, /],
  [
    ['learn.model={kind: mlp, hidden: [1e9]}', 'learn.data=gaussian'],
    /^learn\.model(\.hidden\.0)?: (more than fits into memory|found )/,
  ],
  [
    ['learn.model.dimension=1e12'],
    /^command line, learn\.model\.dimension=1e12: learn\.model\.dimension: found 1000000000000; it must be <= 10000000$/,
  ],
  [['learn.partition=iid'], /^learn\.partition: iid deals rows to workers, but there is no data$/],
  [['attack=label-flip'], /^attack: label-flip falsifies labels, and the model quadratic has no classes$/],
  [['protocol={kind: asynchronous, arrivals: sampled, byzantineShare: 0.3}'], /^network: this protocol has no clock/],
  [['protocol={kind: async, byzantineShare: 0.3}'], /^protocol: byzantineShare is for "arrivals: sampled"/],
  [
    ['learn.model=mlp', 'learn.data={kind: gaussian, classes: 0}'],
    /^learn\.model: model mlp needs data of 2 classes or more; gaussian has/,
  ],
  [['learn.model=softmax', 'learn.data={kind: gaussian, rows: 2}', 'learn.partition=iid'], /^learn\.partition: /],
];

for (const [overrides, pattern] of refused)
  test(`a run is refused: ${overrides.join(' ')}`, async (t) => {
    const sentence = (await refusal(async () => build(smallWith(...overrides))))!;
    t.regex(sentence, pattern);
    t.notRegex(sentence, /\n|\.$|[.:;,]{2}/);
  });

const sampled = { arrivals: 'sampled', kind: 'asynchronous' };

test('timed protocols need a network, sampled ones a share and no network', async (t) => {
  const sentence = (changes: Readonly<Record<string, unknown>>): Promise<string | undefined> =>
    refusal(() => build(smallBut(changes)));
  t.regex(
    (await sentence({ network: undefined }))!,
    /^the key "network" is missing; say how long computing takes, such as/,
  );
  t.regex((await sentence({ network: undefined, protocol: sampled }))!, /^protocol: byzantineShare is missing/);
  t.is(await sentence({ network: undefined, protocol: { ...sampled, byzantineShare: 0.3 } }), undefined);
  t.regex(
    (await sentence({ network: undefined, protocol: { ...sampled, byzantineShare: 0.3 }, workers: { count: 3 } }))!,
    /^protocol: byzantineShare is 0\.3, but no worker is Byzantine$/,
  );
});

const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3]);
const broken: readonly (readonly [string, string | undefined, Buffer, RegExp])[] = [
  [
    'missing',
    undefined,
    header,
    /^learn\.data: there is no file mnist\/train-images-idx3-ubyte or .*gz in .*: name the folder of the data with --data DIR/,
  ],
  ['empty', 'train-images-idx3-ubyte', Buffer.alloc(0), /train-images-idx3-ubyte: ends after 0 bytes/],
  [
    'no IDX',
    'train-images-idx3-ubyte',
    Buffer.alloc(100, 7),
    /starts with the magic number 0x07070707, expected 0x00000803/,
  ],
  ['cut short', 'train-images-idx3-ubyte', header, /holds 3 bytes of values, expected 10 × 28 × 28 = 7840/],
  ['gzip cut short', 'train-images-idx3-ubyte.gz', gzipSync(header).subarray(0, 20), /gz: is not a whole gzip file/],
  ['no gzip', 'train-images-idx3-ubyte.gz', Buffer.from('plain'), /gz: is not a whole gzip file/],
];

for (const [what, file, bytes, pattern] of broken)
  test(`data that are ${what} are refused by name`, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'tardigrade-'));
    try {
      await mkdir(join(directory, 'mnist'));
      if (file !== undefined) await writeFile(join(directory, 'mnist', file), bytes);
      const scenario = smallWith('learn.data=mnist', 'learn.model=softmax');
      const sentence = (await refusal(() => buildRun(scenario, { directory })))!;
      t.regex(sentence, pattern);
      t.notRegex(sentence, /\n|\.$/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

test('whatever is overridden with whatever, the run is built or refused in one sentence', async (t) => {
  const key = fc.constantFrom(
    'name',
    'seed',
    'learn',
    'learn.model',
    'learn.model.kind',
    'learn.model.noise',
    'learn.model.start',
    'learn.batch',
    'learn.data',
    'learn.partition',
    'workers',
    'workers.count',
    'workers.byzantine',
    'workers.byzantine.0',
    'workers.speed',
    'network',
    'network.compute',
    'network.upload',
    'protocol',
    'protocol.arrivals',
    'protocol.byzantineShare',
    'protocol.rule',
    'protocol.warmup',
    'method',
    'method.kind',
    'method.lr',
    'method.beta',
    'method.gamma',
    'aggregator',
    'aggregator.kind',
    'aggregator.lambda',
    'aggregator.base',
    'aggregator.0',
    'weights',
    'attack',
    'attack.z',
    'attack.epsilon',
    'stop',
    'stop.steps',
    'stop.time',
    'measure',
    'measure.every',
    'compare',
    'compare.x',
    'compare.x.seed',
    'label',
  );
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1',
      '3',
      '0.3',
      '.inf',
      '.nan',
      'true',
      'null',
      '[]',
      '[1]',
      '[1, 2]',
      '{}',
      '{kind: 3}',
      '{kind: gm}',
      '{a: 1}',
      'id',
      'speed',
      '1/0',
      '20ms',
      'exponential(1)',
      'uniform(0, id)',
      'normal(0, 1)',
      'gm',
      'ctma',
      'mean',
      '[gm]',
      '[ctma, gm]',
      'quadratic',
      'logistic',
      'softmax',
      'sgd',
      'mu2-sgd',
      'momentum',
      'little',
      'empire',
      'label-flip',
      'asynchronous',
      'sampled',
      '{kind: gaussian, rows: 30, testRows: 5, features: 2}',
      'iid',
      'dirichlet',
      '"quoted"',
      '1e3',
      '5s',
      '7 steps',
      '{seed: 3}',
      '{kind: ctma, lambda: 0.3, base: gm}',
      'x y z',
      '🐻',
      '(',
      '1 +',
    ),
    fc.string({ maxLength: 8 }),
  );
  const apt = fc
    .constantFrom(
      'seed=3',
      'workers.count=7',
      'workers.byzantine=[1, 3]',
      'workers.speed=id^2',
      'network.upload=20ms',
      'attack.z=1',
      'attack=ipm',
      'aggregator=gm',
      'aggregator=[{kind: ctma, lambda: 0.3}, gm]',
      'method=mu2-sgd',
      'method.lr=0.1',
      'weights=uniform',
      'measure.every=7',
      'compare.x.seed=4',
      'learn.model=softmax',
      'learn.data={kind: gaussian, rows: 30, testRows: 5}',
      'learn.partition=iid',
    )
    .map((text): readonly [string, string] => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
  let built = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.tuple(key, value), { arbitrary: apt, weight: 3 }), { minLength: 1, maxLength: 4 }),
      async (pairs) => {
        const sentence = await refusal(async () => {
          const overrides = pairs.map(([path, given]) => parseOverride(`${path}=${given}`));
          for (const { scenario, explain } of resolveSource(objectSource(small, 'small.ts'), overrides)) {
            try {
              await build(scenario);
            } catch (error) {
              throw explain(error);
            }
          }
        });
        if (sentence === undefined) built += 1;
        else if (/\n|undefined|\[object/.test(sentence)) throw new Error(`not a good sentence: ${sentence}`);
      },
    ),
    { numRuns: 1200 },
  );
  t.true(built > 20, `${built} built`);
});

const counting = (aggregator: unknown, weights: unknown, count = 11) =>
  refusal(() => build(smallBut({ aggregator, weights, workers: { count, byzantine: 4 } })));

for (const [title, aggregator, weights, sentence] of [
  [
    'MDA with weights that grow',
    { kind: 'mda', f: 4 },
    'count',
    'aggregator: mda counts vectors, so they must have one weight; set weights: uniform',
  ],
  [
    'Krum with a formula',
    { kind: 'krum', f: 4 },
    'sqrt(count)',
    'aggregator: krum counts vectors, so they must have one weight; set weights: uniform, or give lambda, a share of the weight, in place of f',
  ],
  [
    'Krum below mixing',
    [{ kind: 'nnm', lambda: 0.4 }, { kind: 'krum', f: 4 }], // prettier-ignore
    'count',
    'aggregator.base: krum counts vectors, so they must have one weight; set weights: uniform, or give lambda, a share of the weight, in place of f',
  ],
  [
    'too few workers',
    { kind: 'krum', f: 5 },
    'uniform',
    'aggregator: krum with f = 5 needs 13 workers or more, got 11',
  ],
  [
    'too few workers for what is below',
    { kind: 'ctma', lambda: 0.4, base: { kind: 'mda', f: 6 } },
    'uniform',
    'aggregator.base: mda with f = 6 needs 13 workers or more, got 11',
  ],
  [
    'a rule that isn’t told what to withstand',
    'trmean',
    'uniform',
    'aggregator: trmean takes either f, a number of vectors, or lambda, a share of the weight',
  ],
] as const) {
  test(`refused before the run: ${title}`, async (t) => {
    t.is(await counting(aggregator, weights), sentence);
  });
}

test('rules that count vectors take any weights that are all the same, and shares take any', async (t) => {
  for (const weights of ['uniform', 2, '3 + 0 * count'])
    t.is(await counting([{ kind: 'nnm', f: 4 }, { kind: 'krum', f: 4 }], weights), undefined); // prettier-ignore
  t.is(await counting({ kind: 'krum', lambda: 0.4, variant: 'byzfl' }, 'count'), undefined);
  t.is(await counting([{ kind: 'nnm', lambda: 0.4 }, { kind: 'trmean', lambda: 0.4 }], 'count'), undefined); // prettier-ignore
});

test('a run begins with fewer vectors than the precondition needs, and stays finite', async (t) => {
  for (const aggregator of ['krum', 'multi-krum', 'mda', 'smea', 'trmean', 'meamed'].map((kind) => ({ kind, f: 4 }))) {
    const changes = { aggregator: [{ kind: 'nnm', f: 4 }, aggregator], weights: 'uniform', attack: 'sign-flip' };
    const { plan, protocol } = await build(smallBut({ ...changes, workers: { count: 11, byzantine: 4, speed: 'id' } }));
    const events = await lastValueFrom(simulate(plan, protocol).pipe(toArray()));
    const norms = events.flatMap((event) => (event.kind === 'stepped' ? [event.norm] : []));
    t.is(norms.length, 50);
    t.true(norms.every(Number.isFinite), aggregator.kind);
  }
});

test('a chain of rules that each keep a vector for every worker finds its memory', async (t) => {
  const aggregator = [{ kind: 'clipping', radius: 9 }, { kind: 'nnm', f: 2 }, { kind: 'nnm', f: 1 }, { kind: 'trmean', f: 4 }]; // prettier-ignore
  const learn = { model: { kind: 'quadratic', dimension: 50_000, noise: 1 } };
  const workers = { count: 20, byzantine: 4, speed: 'id' };
  const { plan, protocol } = await build(
    smallBut({ learn, workers, aggregator, weights: 'uniform', stop: { steps: 2 } }),
  );
  const events = await lastValueFrom(simulate(plan, protocol).pipe(toArray()));
  t.is(events.filter(({ kind }) => kind === 'stepped').length, 2);
});
