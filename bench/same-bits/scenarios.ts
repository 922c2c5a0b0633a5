import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RuleInput, ScenarioInput } from '../../src/index.js';

/** A scenario of the project's own, cut short. */
const cutShort = (file: string, changes: Partial<ScenarioInput>): ScenarioInput => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'scenarios', file), 'utf8');
  const { compare: _, ...scenario } = parse(text) as ScenarioInput;
  return { ...scenario, ...changes };
};

const clouds = { kind: 'gaussian', rows: 300, testRows: 100, features: 12 } as const;

/** The built-in digits, cut short, for networks, whose kernels work on float32. */
const networks: readonly ScenarioInput[] = [
  cutShort('quickstart.yaml', {
    learn: {
      data: { kind: 'digits', train: 600, test: 100 },
      model: { kind: 'mlp', hidden: [32] },
      batch: 32,
    },
    stop: { steps: 300 },
    measure: { every: 50 },
  }),
  {
    name: 'cnn',
    learn: { data: { kind: 'digits', train: 300, test: 50 }, model: 'cnn' },
    workers: { count: 17, byzantine: 8, speed: 'id^2' },
    protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.3, reply: 'before-update', warmup: true },
    method: { kind: 'mu2-sgd', lr: 0.01, beta: 0.25, gamma: 0.1 },
    aggregator: [{ kind: 'ctma', lambda: 0.3 }, 'rfa'],
    attack: 'label-flip',
    stop: { steps: 10 },
    measure: { every: 5 },
  },
  {
    name: 'cnn-median',
    learn: { data: { kind: 'digits', train: 300, test: 50 }, model: 'cnn', batch: 8 },
    workers: { count: 5, byzantine: 1 },
    network: { compute: 'gamma(2, 10ms)' },
    method: { kind: 'momentum', lr: 0.02 },
    aggregator: 'cwmed',
    attack: 'sign-flip',
    stop: { steps: 12 },
    measure: { every: 12 },
  },
  {
    // So many that the median is found by halving the range of values.
    name: 'many-workers',
    learn: { data: clouds, model: { kind: 'mlp', hidden: [4] }, batch: 4 },
    workers: { count: 530, byzantine: 150, speed: '1 + mod(id, 7)' },
    protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.25, warmup: true },
    method: { kind: 'sgd', lr: 0.1 },
    aggregator: 'cwmed',
    attack: 'little',
    stop: { steps: 60 },
    measure: { every: 20 },
  },
];

/** Convex objectives, whose kernels work on float64. */
const convex: readonly ScenarioInput[] = [
  cutShort('quadratic-theory.yaml', { stop: { steps: 2000 }, measure: { every: 200 } }),
  {
    name: 'unweighted',
    learn: { data: { ...clouds, classes: 5 }, model: 'softmax', partition: { kind: 'dirichlet', alpha: 0.3 } },
    workers: { count: 40, byzantine: 12, speed: 'id' },
    network: { compute: 'exponential(1 / speed)' },
    method: { kind: 'momentum', lr: 0.05, beta: 0.9 },
    aggregator: 'cwmed',
    weights: 'uniform',
    attack: 'little',
    stop: { steps: 400 },
    measure: { every: 100 },
  },
  {
    name: 'turning',
    learn: { model: { kind: 'quadratic', dimension: 13, noise: 1 } },
    workers: { count: 9, byzantine: { kind: 'bernoulli', p: 0.02, duration: '20 steps', cap: 0.45 }, speed: 'id' },
    network: { compute: 'exponential(1 / speed)' },
    method: { kind: 'mu2-sgd', lr: 0.01 },
    aggregator: 'gm',
    attack: 'little',
    script: ['at 100 steps: lr becomes 0.02 / sqrt(t)'],
    stop: { steps: 400 },
    measure: { every: 100 },
  },
  {
    name: 'going-round',
    learn: { data: clouds, model: 'logistic' },
    workers: { count: 7, byzantine: { kind: 'periodic', start: 2, every: '3s', next: 'random' } },
    network: { compute: 'exponential(1)' },
    method: { kind: 'momentum', lr: 0.05, beta: 0.9 },
    aggregator: 'cwmed',
    attack: 'label-flip',
    stop: { steps: 300 },
    measure: { every: 100 },
  },
  {
    name: 'clipped-rounds',
    learn: { data: clouds, model: { kind: 'logistic', l2: 0.05 }, batch: 16 },
    workers: { count: 20, byzantine: 5 },
    network: { compute: 'exponential(1)', compression: { kind: 'l2-quantization' } },
    protocol: 'synchronous',
    method: { kind: 'byz-vr-marina-pp', lr: 0.05, sample: 4, clip: 1 },
    aggregator: [{ kind: 'bucketing', size: 2 }, 'cwmed'],
    attack: 'shift-back',
    stop: { steps: 300 },
    measure: { every: 100, optimum: true },
  },
  {
    name: 'formulas',
    learn: { model: { kind: 'quadratic', dimension: 37, noise: 1 } },
    workers: { count: 11, byzantine: [2, 5, 11], speed: '0.5 + sqrt(id) * exp(-id / 4) + 0.3 * log(1 + id)^1.7' },
    network: {
      compute: 'lognormal(20ms, 0.5)',
      download: 'weibull(5ms, 1.3)',
      upload: 'byzantine ? 2ms : 10ms + 1ms * id',
    },
    method: { kind: 'mu2-sgd', lr: '0.05 / sqrt(1 + t)', beta: '1 / s', alpha: 't^0.9' },
    aggregator: { kind: 'ctma', lambda: 0.4, base: 'cwmed' },
    weights: '1 + count^0.7',
    attack: { kind: 'empire', epsilon: 2.5 },
    stop: { time: '2s' },
    measure: { every: '250ms' },
  },
  {
    name: 'rounds-of-some',
    learn: { data: clouds, model: 'logistic' },
    workers: {
      count: 12,
      byzantine: 3,
      speed: '0.5 + id',
      availability: { kind: 'on-off', on: 'exponential(2s)', off: 'exponential(1s)' },
    },
    network: { compute: 'exponential(100ms)' },
    protocol: { kind: 'synchronous', participants: 4, probability: 'speed^0.5 / (1 + count)', among: 'available' },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: [{ kind: 'clipped-differences', lambda: 2 }, 'gm'],
    weights: 'uniform',
    attack: { kind: 'shift-back', when: 'always' },
    stop: { steps: 200 },
    measure: { every: 50 },
  },
  {
    name: 'logistic',
    learn: {
      data: clouds,
      model: { kind: 'logistic', l2: 0.001 },
      partition: { kind: 'gamma-similarity', gamma: 0.3 },
    },
    workers: { count: 20, byzantine: 6, speed: 'id' },
    network: { compute: 'pareto(10ms, 2.5)', upload: 'normal(20ms, 10ms)' },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: 'gm',
    attack: 'label-flip',
    stop: { steps: 500 },
    measure: { every: 100 },
  },
  {
    name: 'linear',
    learn: { data: { ...clouds, classes: 0 }, model: 'linear', batch: 3 },
    workers: { count: 6, byzantine: 0 },
    network: { compute: 'uniform(10ms, 90ms)', upload: 'discrete([1ms, 50ms], [0.9, 0.1])' },
    method: { kind: 'sgd', lr: 0.02 },
    aggregator: 'mean',
    stop: { steps: 400 },
    measure: { every: 100 },
  },
];

/** Further rules that go by weights, */
const weighted: Readonly<Record<string, RuleInput>> = {
  'average-nan': 'average-nan',
  trmean: { kind: 'trmean', lambda: 0.3 },
  'phocas-by-weight': { kind: 'phocas', lambda: 0.3 },
  'aksel-n-f': { kind: 'aksel', lambda: 0.3, variant: 'n-f' },
  monna: { kind: 'monna', lambda: 0.3, trusted: 2 },
  cge: { kind: 'cge', lambda: 0.3 },
  'centered-clipping': { kind: 'centered-clipping', radius: 1 },
  clipping: [{ kind: 'clipping', radius: 2 }, { kind: 'nnm', lambda: 0.3 }, 'rfa'],
  caf: { kind: 'caf', lambda: 0.3 },
  dnc: { kind: 'dnc', lambda: 0.3, coordinates: 6, iterations: 2 },
  mfm: { kind: 'mfm', threshold: 1 },
  fltrust: { kind: 'fltrust', trusted: 2 },
  'clipped-differences': [{ kind: 'clipped-differences', lambda: 1 }, { kind: 'bucketing', size: 2 }, 'cwmed'],
  bucketing: [{ kind: 'bucketing', size: 2 }, { kind: 'arc', lambda: 0.3 }, 'cwmed'],
};

/** and those that count vectors. */
const counting: Readonly<Record<string, RuleInput>> = {
  meamed: { kind: 'meamed', f: 3 },
  krum: { kind: 'krum', f: 3 },
  'multi-krum': { kind: 'multi-krum', f: 3 },
  phocas: { kind: 'phocas', f: 3 },
  bulyan: { kind: 'bulyan', f: 2 },
  'bulyan-aggregathor': { kind: 'bulyan', f: 2, variant: 'aggregathor' },
  'bulyan-cwmed': { kind: 'bulyan', f: 2, selector: 'cwmed' },
  aksel: { kind: 'aksel', f: 3 },
  mda: { kind: 'mda', f: 3 },
  smea: { kind: 'smea', f: 3 },
  nnm: [
    { kind: 'nnm', f: 3 },
    { kind: 'trmean', f: 3 },
  ],
};

/** Every one of these rules, on vectors of float32 and of float64. */
const ruled: readonly ScenarioInput[] = Object.entries({ ...weighted, ...counting }).flatMap(([rule, aggregator]) =>
  (['mlp', 'softmax'] as const).map((model) => ({
    name: `${rule}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 13, byzantine: 3, speed: 'id' },
    protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.25, warmup: true },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator,
    weights: rule in counting ? 'uniform' : 'count',
    attack: 'little',
    stop: { steps: 60 },
    measure: { every: 20 },
  })),
);

/** Further attacks, those that look at the server where they make a difference. */
const lies: readonly NonNullable<ScenarioInput['attack']>[] = [
  'sign-flip-mean',
  'gaussian',
  'fixed-vector',
  'zero',
  'infinite',
  'nan',
  'mimic',
  'mimic-variant',
  'min-max',
  'fang-krum',
  'fang-trmean',
  'hidden-vulnerability',
  'anti-cge',
  { kind: 'reverse', factor: 10 },
  { kind: 'min-sum', perturbation: 'unit', bound: 'max' },
  { kind: 'shift-back', when: 'always' },
  'random-labels',
  'feature-noise',
  'backdoor',
  'silent',
  'momentum-tailored',
  { kind: 'optimal', attack: 'min-max', evaluations: 6 },
  { kind: 'scaled', attack: 'empire', strength: '1 + log(1 + step)' },
  { kind: 'conditional', attack: 'little', when: 'norm < 1' },
  {
    kind: 'mixture',
    attacks: [
      { attack: 'little', share: 0.5 },
      { attack: 'reverse', share: 0.5 },
    ],
  },
];

/** Every one of these attacks, on vectors of float32 and of float64. */
const lied: readonly ScenarioInput[] = lies.flatMap((attack) =>
  (['mlp', 'softmax'] as const).map((model) => ({
    name: `${typeof attack === 'string' ? attack : attack.kind}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 9, byzantine: 3, speed: 'id' },
    protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.25, warmup: true },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: 'cwmed',
    attack,
    stop: { steps: 40 },
    measure: { every: 20 },
  })),
);

/** Every way to compress messages, on vectors of float32 and of float64, whose sizes take time. */
const squeezed: readonly ScenarioInput[] = (
  ['identity', { kind: 'randk', share: 0.2 }, { kind: 'topk', share: 0.2 }, 'l2-quantization', 'sign'] as const
).flatMap((compression) =>
  (['mlp', 'softmax'] as const).map((model) => ({
    name: `${typeof compression === 'string' ? compression : compression.kind}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 9, byzantine: 3, speed: 'id' },
    network: { compute: 'exponential(1 / speed)', bandwidth: { up: 2000 }, link: { capacity: 1e4 }, compression },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: 'cwmed',
    attack: 'little',
    stop: { steps: 60 },
    measure: { every: 20 },
  })),
);

/** Methods in rounds, compressed or not, */
const inRounds: readonly (Pick<ScenarioInput, 'method' | 'aggregator' | 'attack' | 'network'> & {
  readonly name: string;
  readonly models?: readonly 'softmax'[];
})[] = [
  {
    name: 'dynabro',
    method: { kind: 'dynabro', lr: 0.5, noise: 0.05 },
    aggregator: [
      { kind: 'nnm', f: 2 },
      { kind: 'trmean', f: 2 },
    ],
    attack: { kind: 'optimal', attack: 'min-max', evaluations: 4 },
    network: { compression: { kind: 'randk', share: 0.5 } },
  },
  {
    name: 'dynabro-mfm',
    method: { kind: 'dynabro', lr: 0.5, noise: 0.1, levels: 3 },
    aggregator: { kind: 'mfm', threshold: 'method' },
    attack: 'momentum-tailored',
  },
  {
    name: 'marina',
    method: { kind: 'byz-vr-marina-pp', lr: 0.2, clip: 4, probability: 0.3, fullBatch: 40 },
    aggregator: [{ kind: 'bucketing', size: 2 }, 'cwmed'],
    attack: 'little',
  },
  {
    name: 'marina-compressed',
    // Networks have no gradients of a whole share.
    models: ['softmax'],
    method: { kind: 'byz-vr-marina-pp', lr: 0.2, clip: 4, probability: 0.3, sample: 5, fullSample: 7 },
    aggregator: 'gm',
    attack: 'shift-back',
    network: { compression: 'l2-quantization', bandwidth: { up: 4000 } },
  },
];

/** whose liars change, on vectors of float32 and of float64. */
const rounded: readonly ScenarioInput[] = inRounds.flatMap(({ name, network, models, ...rest }) =>
  (models ?? (['mlp', 'softmax'] as const)).map((model) => ({
    ...rest,
    name: `${name}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 9, byzantine: { kind: 'periodic', start: 2, every: '5 steps', next: 'rotate' }, speed: 'id' },
    network: { compute: 'exponential(1 / speed)', ...network },
    protocol: 'synchronous',
    weights: 'uniform',
    stop: { steps: 40 },
    measure: { every: 20 },
  })),
);

/** Several servers: every attack of theirs, on vectors of float32 and of float64. */
const served: readonly ScenarioInput[] = (
  [
    'none',
    { kind: 'wrong-model', factor: -2 },
    { kind: 'random-model', deviation: 0.5 },
    { kind: 'equivocate', distance: 3 },
    { kind: 'equivocate', readers: 'halves', scale: 'diameter' },
    { kind: 'stale', age: 3 },
    'drift',
    { kind: 'silence', at: '200ms' },
  ] as const satisfies readonly NonNullable<NonNullable<ScenarioInput['servers']>['attack']>[]
).flatMap((attack, i) =>
  (['mlp', 'softmax'] as const).map((model) => ({
    name: `servers-${i + 1}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 9, byzantine: 2, speed: 'id' },
    servers: { count: 6, byzantine: 1, attack },
    network: {
      compute: 'exponential(20ms / speed)',
      upload: 'lognormal(5ms, 0.5)',
      loss: 0.02,
      retry: { timeout: '10ms', attempts: 20 },
      bandwidth: { up: 1e5, down: 2e5 },
      between: { delay: 'exponential(5ms)', bandwidth: 1e6, rules: [{ duplicate: 0.1, after: '1ms' }] },
    },
    protocol: 'guanyu',
    method: i % 2 === 0 ? { kind: 'sgd', lr: 0.1 } : { kind: 'momentum', lr: 0.1 },
    aggregator: { kind: 'multi-krum', f: 2 },
    attack: 'little',
    stop: { steps: 30 },
    measure: { every: 10 },
  })),
);

/** Every way to make up for lost fragments, on vectors of float32 and of float64, under AggregaThor's server and without one that waits. */
const holed: readonly ScenarioInput[] = (['nan', 'previous', 'random', 'drop'] as const).flatMap((holes) =>
  (['mlp', 'softmax'] as const).map((model) => ({
    name: `holes-${holes}-${model === 'mlp' ? 'float32' : 'float64'}`,
    learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
    workers: { count: 11, byzantine: 2, speed: 'id' },
    network: {
      compute: 'exponential(1 / speed)',
      datagrams: { workers: [1, '10..11'], loss: 0.2, fragment: 60, holes },
    },
    protocol: model === 'mlp' ? { kind: 'aggregathor', f: 3, deadline: '5s' } : 'asynchronous',
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: { kind: 'multi-krum', f: 3 },
    weights: 'uniform',
    attack: 'sign-flip',
    stop: { steps: 60 },
    measure: { every: 20 },
  })),
);

/**
 * What every environment simulates: small, and between them every model, method, delay, rule, attack and compressor, every attack of servers, weights that are counts,
 * none and formulas, and numbers of workers for each way to a median.
 */
export const sameBitsScenarios: readonly ScenarioInput[] = [
  ...networks,
  ...convex,
  ...ruled,
  ...lied,
  ...squeezed,
  ...rounded,
  ...served,
  ...holed,
];
