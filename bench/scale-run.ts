import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { simulate, type Plan, type Protocol } from '../src/engine/index.js';
import { plain, simd } from '../src/kernels/index.js';
import { models } from '../src/learning/index.js';
import { sgd } from '../src/methods/index.js';
import { instantLink } from '../src/network/index.js';
import { asynchronous, buffered } from '../src/protocols/index.js';
import { exponential, seededRandom } from '../src/random/index.js';
import { weightedMean } from '../src/weighted/weighted-mean.js';
import { weightedMedian } from '../src/weighted/weighted-median.js';

/** What `scale-run` is asked for, as JSON. */
export interface ScaleTask {
  readonly workers: number;
  /** Arrivals that are timed, after as many as there are workers, or so many as `warm`. */
  readonly arrivals: number;
  readonly warm: number;
  readonly protocol: 'buffered' | 'asynchronous';
  readonly aggregator: 'mean' | 'cwmed';
}

/** What it answers, as JSON. */
export interface ScaleResult {
  readonly nanosecondsPerArrival: number;
  /** The most that the process held, in bytes. */
  readonly bytes: number;
}

/** Messages that make a step of the buffered server. */
const BUFFER = 1000;

const DIMENSION = 10;

const planOf = async ({ workers, warm, arrivals, protocol, aggregator }: ScaleTask): Promise<Plan> => {
  const link = { ...instantLink, compute: exponential(1000) };
  const objective = models.quadratic.create({
    ...{ dimension: DIMENSION, smoothness: 1, condition: 1, noise: 0, optimum: 0 },
  });
  const steps = Math.ceil((warm + arrivals) / (protocol === 'buffered' ? BUFFER : 1));
  return {
    random: seededRandom(1),
    kernels: (await simd()) ?? plain,
    workers: Array.from({ length: workers }, () => ({ byzantine: false, speed: 1, share: null, link })),
    objective: objective({ data: undefined, batch: 1 }),
    method: sgd({ lr: 0.01 / workers }),
    aggregator: aggregator === 'mean' ? weightedMean() : weightedMedian(),
    weight: protocol === 'buffered' ? () => 1 : (count) => count,
    attack: { kind: 'none' },
    stop: { steps },
    measure: { kind: 'steps', steps },
  };
};

const run = async (task: ScaleTask): Promise<ScaleResult> => {
  const plan = await planOf(task);
  const protocol: Protocol = task.protocol === 'buffered' ? buffered({ size: BUFFER }) : asynchronous();
  let arrived = 0;
  let start = 0;
  simulate(plan, protocol).subscribe(({ kind }) => {
    if (kind === 'received' && ++arrived === task.warm) start = performance.now();
  });
  return {
    nanosecondsPerArrival: ((performance.now() - start) * 1e6) / (arrived - task.warm),
    bytes: process.resourceUsage().maxRSS * 1024,
  };
};

// A process of its own for each run: its memory is its own, and no run finds another's garbage.
process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]!) as ScaleTask)));
