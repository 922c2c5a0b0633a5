import { performance } from 'node:perf_hooks';
import { simulate, type Plan } from '../src/engine/index.js';
import { models } from '../src/learning/index.js';
import { sgd } from '../src/methods/index.js';
import { instantLink } from '../src/network/index.js';
import { asynchronous } from '../src/protocols/index.js';
import { exponential, seededRandom } from '../src/random/index.js';
import { weightedMean } from '../src/weighted/weighted-mean.js';
import type { Row } from './row.js';

/** Asynchronous SGD on a quadratic of dimension 1: exponential compute times of mean 1 s, plain mean. */
const planOf = (workers: number, steps: number): Plan => {
  const compute = exponential(1000);
  const objective = models.quadratic.create({ dimension: 1, smoothness: 1, condition: 1, noise: 1, optimum: 0 });
  return {
    random: seededRandom(1),
    workers: Array.from({ length: workers }, () => ({
      byzantine: false,
      speed: 1,
      share: null,
      link: { ...instantLink, compute },
    })),
    objective: objective({ data: undefined, batch: 1 }),
    method: sgd({ lr: 0.01 }),
    aggregator: weightedMean(),
    weight: (count) => count,
    attack: { kind: 'none' },
    stop: { steps },
    measure: { kind: 'steps', steps },
  };
};

/** Events per second from the first arrival to the end: setting the workers up is no part of it. */
const rate = (workers: number, steps: number): number => {
  let events = 0;
  let start = 0;
  simulate(planOf(workers, steps), asynchronous()).subscribe(({ kind }) => {
    if (kind === 'received' && start === 0) start = performance.now();
    if (start > 0) events += 1;
  });
  return events / ((performance.now() - start) / 1000);
};

/**
 * Events per second of whole runs with few and with many workers. The plain mean reads the vectors of all workers that
 * have arrived at every step, which is most of the time with many.
 */
export const simulateBench = (): readonly Row[] =>
  (
    [
      [1_000, 200_000],
      [100_000, 100_000],
    ] as const
  ).map(([workers, steps]) => {
    rate(workers, steps / 10);
    return {
      name: `events per second through simulate, plain mean of ${workers.toLocaleString('en')} workers, quadratic of dimension 1`,
      value: rate(workers, steps),
      unit: '1/s',
    };
  });
