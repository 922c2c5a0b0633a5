import type { ScenarioInput } from '../../../src/index.js';
import { clouds } from './clouds.js';

/** Every way to make up for lost fragments, on vectors of float32 and of float64, under AggregaThor's server and without one that waits. */
export const holed: readonly ScenarioInput[] = (['nan', 'previous', 'random', 'drop'] as const).flatMap((holes) =>
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

/** Where there is no server, or one at each edge, */
export const withoutOneServer: readonly ScenarioInput[] = [
  {
    name: 'learn',
    learn: { data: { ...clouds, classes: 4 }, model: 'softmax', batch: 4 },
    workers: { count: 10, byzantine: 3, speed: 'id' },
    network: {
      ...{ compute: 'exponential(1 / speed)', upload: 'lognormal(20ms, 0.5)', download: 'weibull(5ms, 1.3)' },
      ...{ loss: 0.05, retry: { timeout: '100ms', attempts: 20, backoff: 1 } },
      rules: [{ partition: [1, 2], from: '2s', until: '4s' }],
    },
    protocol: { kind: 'learn', agreement: 'log' },
    method: { kind: 'momentum', lr: 0.1 },
    aggregator: { kind: 'trmean', f: 3 },
    attack: 'little',
    stop: { steps: 30 },
    measure: { every: 10 },
  },
  {
    name: 'edge',
    learn: { data: { ...clouds, classes: 4 }, model: { kind: 'mlp', hidden: [5] }, batch: 4 },
    workers: { count: 20, byzantine: 4, speed: 'id' },
    servers: { count: 4, byzantine: 1, attack: 'wrong-model' },
    network: { compute: 'exponential(1 / speed)', between: { delay: 'lognormal(5ms, 0.5)', bandwidth: 1e5 } },
    protocol: 'edge',
    method: { kind: 'sgd', lr: 0.1 },
    aggregator: 'cwmed',
    attack: 'mimic',
    stop: { steps: 40 },
    measure: { every: 20 },
  },
];

/** Several servers: every attack of theirs, on vectors of float32 and of float64. */
export const served: readonly ScenarioInput[] = (
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
/** LiuBei's servers and workers, with pulls that are refused and others that nobody answers, */
export const pulled: readonly ScenarioInput[] = (['mlp', 'softmax'] as const).map((model) => ({
  name: `liubei-${model === 'mlp' ? 'float32' : 'float64'}`,
  learn: { data: { ...clouds, classes: 4 }, model: model === 'mlp' ? { kind: model, hidden: [5] } : model, batch: 4 },
  workers: { count: 7, byzantine: 2, speed: 'id' },
  servers: { count: 4, byzantine: 1, attack: model === 'mlp' ? 'silence' : 'wrong-model' },
  network: {
    ...{ compute: 'exponential(1 / speed)', upload: 'exponential(20ms)', download: 'exponential(20ms)' },
    between: { delay: 'exponential(5ms)' },
  },
  protocol: { kind: 'liubei', timeout: '3s', gather: 4 },
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: { kind: 'mda', f: 2 },
  attack: { kind: 'reverse', factor: 100 },
  stop: { steps: 60 },
  measure: { every: 20 },
}));
