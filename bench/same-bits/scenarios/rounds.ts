import type { ScenarioInput } from '../../../src/index.js';
import { clouds } from './clouds.js';

/** Every way to compress messages, on vectors of float32 and of float64, whose sizes take time. */
export const squeezed: readonly ScenarioInput[] = (
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
export const rounded: readonly ScenarioInput[] = inRounds.flatMap(({ name, network, models, ...rest }) =>
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
