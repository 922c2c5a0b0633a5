import type { ScenarioInput } from '../../../src/index.js';
import { clouds } from './clouds.js';

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
export const lied: readonly ScenarioInput[] = lies.flatMap((attack) =>
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
