import test from 'ava';
import { memoryNeeded } from '../../src/engine/memory-needed.js';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import { plainKernels, simd } from '../../src/kernels/index.js';
import { models } from '../../src/learning/index.js';
import type { Objective } from '../../src/learning/objective.js';
import { momentum } from '../../src/methods/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import { seededRandom } from '../../src/random/index.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import {
  bucketing,
  bulyan,
  centeredClipping,
  clipping,
  ctma,
  geometricMedian,
  nnm,
  trimmedMean,
  weightedMedian,
  weiszfeld,
} from '../../src/weighted/index.js';
import { chains } from '../weighted/chains.js';
import { planOf, workersOf } from './small-plan.js';

const kernels = (await simd())!;

/** Vectors of a run that are not one for each worker: the server's, the method's, the gradients', and a rule's few. */
const OTHERS = 30;

/** Vectors are this long, and then twice: whole blocks of memory, so that none is padded. Longer ones take as many, and longer. */
const UNIT = 128;

/** A quadratic with noise that is drawn fast: how it is distributed is nothing to memory. */
const noisyQuadratic = (dimension: number): Objective => {
  const rule = models.quadratic.create({ dimension, smoothness: 1, condition: 10, noise: 0, optimum: 0 });
  return {
    ...rule({ data: undefined, batch: 1 }),
    draw: (random, _share, batch) => {
      for (let k = 0; k < dimension; k++) batch.noise[k] = random.next() - 0.5;
    },
  };
};

const planFor = (aggregator: AggregatorRule, workers: number, dimension: number) =>
  planOf({
    objective: noisyQuadratic(dimension),
    kernels,
    weight: () => 1,
    workers: workersOf(workers, { timed: true }),
    method: momentum({ lr: 0.01, beta: 0.9 }),
    aggregator,
    stop: { steps: 4 },
  });

/** How many vectors a figure of bytes stands for that depends on their length, from what it is for the two lengths. */
const vectorsIn = (bytes: readonly number[]): number => (bytes[1]! - bytes[0]!) / (8 * UNIT);

const lengths = [UNIT, 2 * UNIT];

const foreseenFor = (rule: AggregatorRule, workers: number): number =>
  vectorsIn(lengths.map((dimension) => memoryNeeded(planFor(rule, workers, dimension)).linear));

/** What a run has claimed in the end, and what was foreseen. */
const run = (rule: AggregatorRule, workers: number, dimension: number): { claimed: number; foreseen: number } => {
  const plan = planFor(rule, workers, dimension);
  let world: World | undefined;
  simulate(plan, asynchronous(), undefined, (made) => (world = made)).subscribe();
  return { claimed: world!.kernels.memory.claimed, foreseen: memoryNeeded(plan).linear };
};

const bases: Readonly<Record<string, AggregatorRule>> = {
  cwmed: weightedMedian(),
  gm: geometricMedian(),
  'rfa from the median': weiszfeld({ start: 'cwmed' }),
  'centered-clipping': centeredClipping({ radius: 1 }),
  'bulyan of averages': bulyan({ f: 0, variant: 'aggregathor' }),
};

for (const [name, base] of Object.entries(bases))
  test(`a run with up to three operators over ${name} takes 4·m·d numbers and what doesn’t grow with both`, (t) => {
    const workers = 40;
    const most = 4 * workers + OTHERS;
    for (const { name: chain, over } of [{ name: 'none', over: (rule: AggregatorRule) => rule }, ...chains(3)]) {
      if (name.startsWith('bulyan') && /bucketing by 6.*bucketing|bucketing.*bucketing by 6/.test(chain)) continue;
      const runs = lengths.map((dimension) => run(over(base), workers, dimension));
      for (const { claimed, foreseen } of runs) t.true(claimed <= foreseen, chain);
      const taken = vectorsIn(runs.map(({ claimed }) => claimed));
      const foreseen = vectorsIn(runs.map((each) => each.foreseen));
      t.true(taken <= foreseen && foreseen <= most, `${chain}: ${taken} of ${foreseen} of ${most}`);
    }
  });

/** What a rule itself claims. */
const claimedBy = (rule: AggregatorRule, count: number): number =>
  vectorsIn(
    lengths.map((dimension) => {
      const probe = plainKernels();
      const streams = seededRandom('draws');
      rule({ count, dimension, kernels: probe, random: (name) => streams.fork(name) });
      return probe.memory.claimed;
    }),
  );

test('what was tried with few workers holds for many', (t) => {
  const workers = 1000;
  for (const rule of [
    clipping({ radius: 1 })(ctma({ lambda: 0.1 })(nnm({ f: 100 })(trimmedMean({ f: 100 })))),
    bucketing({ size: 3 })(clipping({ radius: 1 })(weightedMedian())),
    ctma({ lambda: 0.1 })(ctma({ lambda: 0.2 })(weightedMedian())),
    ctma({ lambda: 0.1 })(bucketing({ size: 7 })(weightedMedian())),
  ]) {
    const foreseen = foreseenFor(rule, workers);
    t.true(3 * workers + claimedBy(rule, workers) <= foreseen, `${foreseen}`);
    t.true(foreseen <= 4 * workers + OTHERS, `${foreseen}`);
  }
});

test('a rule of somebody’s own that claims more is told to need more', (t) => {
  const greedy: AggregatorRule = ({ count, dimension, kernels: given, precision = 'float64' }) => {
    given!.memory.matrix(precision, 2 * count, dimension);
    return () => undefined;
  };
  for (const workers of [10, 1000]) t.true(foreseenFor(greedy, workers) >= 5 * workers);
});
