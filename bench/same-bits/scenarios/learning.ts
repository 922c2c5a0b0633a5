import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ScenarioInput } from '../../../src/index.js';
import { clouds } from './clouds.js';

/** A scenario of the project's own, cut short. */
const cutShort = (file: string, changes: Partial<ScenarioInput>): ScenarioInput => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'scenarios', file), 'utf8');
  const { compare: _, ...scenario } = parse(text) as ScenarioInput;
  return { ...scenario, ...changes };
};

/** The built-in digits, cut short, for networks, whose kernels work on float32. */
export const networks: readonly ScenarioInput[] = [
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
export const convex: readonly ScenarioInput[] = [
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
