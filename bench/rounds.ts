import { performance } from 'node:perf_hooks';
import { simulate, type Plan } from '../src/engine/index.js';
import { shiftBack } from '../src/attacks/shift-back.js';
import { plain, simd } from '../src/kernels/index.js';
import type { Dataset } from '../src/learning/dataset.js';
import { models } from '../src/learning/index.js';
import { byzVrMarina } from '../src/methods/index.js';
import { instantLink } from '../src/network/index.js';
import { synchronous } from '../src/protocols/index.js';
import { seededRandom } from '../src/random/index.js';
import { bucketing } from '../src/weighted/bucketing.js';
import { weightedMedian } from '../src/weighted/weighted-median.js';
import type { Row } from './row.js';

/** Required: microseconds a round with four clients called, 3,000 rounds a second. */
const atMost = 333;

const warm = 2_000;
const timed = 20_000;
const attempts = 3;

/** Rows as many, as wide and as sparse as those of a9a: a one in one column of each of 14 groups. */
const likeA9a = (): Dataset => {
  const [count, features, ones] = [32_561, 123, 14];
  const random = seededRandom('rounds');
  const columns = Int32Array.from({ length: count * ones }, (_, i) => {
    const group = i % ones;
    const from = Math.floor((group * features) / ones);
    const to = Math.floor(((group + 1) * features) / ones);
    return from + Math.floor(random.next() * (to - from));
  });
  const examples = {
    count,
    inputs: {
      kind: 'sparse' as const,
      features,
      starts: Int32Array.from({ length: count + 1 }, (_, row) => row * ones),
      columns,
      values: new Float64Array(count * ones).fill(1),
    },
    labels: Float64Array.from(
      { length: count },
      (_, row) => Number(columns[row * ones]! < 4) ^ Number(random.next() < 0.15),
    ),
  };
  return { name: 'like a9a', shape: [features], classes: 2, train: examples, test: examples };
};

const planOf = async (data: Dataset, called: number, probability: number): Promise<Plan> => {
  const rule = models.logistic.create({ l2: 0.01, bias: false });
  const steps = warm + timed;
  return {
    random: seededRandom(1),
    kernels: (await simd()) ?? plain,
    workers: Array.from({ length: 20 }, (_, i) => ({ byzantine: i >= 15, speed: 1, share: null, link: instantLink })),
    objective: rule({ data, batch: 32 }),
    place: (kernels) => rule({ data, batch: 32, kernels }),
    method: byzVrMarina({ lr: 0.1, sample: called, fullSample: 20, probability, clip: 1 }),
    aggregator: bucketing({ size: 2 })(weightedMedian()),
    weight: () => 1,
    attack: shiftBack(),
    stop: { steps },
    measure: { kind: 'steps', steps },
  };
};

/** Microseconds a round. */
const microseconds = async (data: Dataset, called: number, probability: number): Promise<number> => {
  const plan = await planOf(data, called, probability);
  let start = 0;
  let end = 0;
  simulate(plan, synchronous()).subscribe((event) => {
    if (event.kind !== 'stepped') return;
    if (event.step === warm) start = performance.now();
    else if (event.step === warm + timed) end = performance.now();
  });
  return ((end - start) * 1000) / timed;
};

/** Rounds of Byz-VR-MARINA-PP on sparse rows, full gradients among them; the fastest of some runs. */
export const roundsBench = async (): Promise<readonly Row[]> => {
  const data = likeA9a();
  const best = async (called: number, probability: number): Promise<number> => {
    const times: number[] = [];
    for (let attempt = 0; attempt < attempts; attempt++) times.push(await microseconds(data, called, probability));
    return Math.min(...times);
  };
  return [
    { name: 'a round of Byz-VR-MARINA-PP, 4 of 20 called, p = 0.05', value: await best(4, 0.05), unit: 'µs', atMost },
    { name: 'a round of Byz-VR-MARINA-PP, 4 of 20 called, p = 0.001', value: await best(4, 0.001), unit: 'µs', atMost },
    { name: 'a round of Byz-VR-MARINA-PP, 20 of 20 called, p = 0.001', value: await best(20, 0.001), unit: 'µs' },
  ];
};
