import test from 'ava';
import type { AttackRule } from '../../src/attacks/index.js';
import { simulate, type Plan } from '../../src/engine/index.js';
import { simd } from '../../src/kernels/index.js';
import { asynchronous } from '../../src/protocols/index.js';
import { bernoulli } from '../../src/switching/index.js';
import { weightedMean, weightedMedian, type AggregatorRule } from '../../src/weighted/index.js';
import { planOf, workersOf } from './small-plan.js';

const WORKERS = 300;

const workers = workersOf(WORKERS, { timed: true, byzantine: 60, speed: (id) => 1 + (id % 7) }).map((worker) => ({
  ...worker,
  turns: true,
}));

const lie: AttackRule = {
  ...{ kind: 'vector', knowledge: 'own', needsOwn: false },
  attack:
    () =>
    ({ random }, out) =>
      void out.fill(1e6 * random.next()),
};

/** A rule, and how far its results are from those for the same vectors without a word of what has changed. */
const checked = (rule: AggregatorRule) => {
  const seen = { steps: 0, worst: 0 };
  const both: AggregatorRule = (shape) => {
    const [own, fresh] = [rule(shape), rule(shape)];
    const expected = new Float64Array(shape.dimension);
    return (input, out) => {
      own(input, out);
      const { count, dimension, vectors, weights } = input;
      fresh({ count, dimension, vectors, weights }, expected);
      seen.steps += 1;
      for (let k = 0; k < dimension; k++)
        seen.worst = Math.max(seen.worst, Math.abs(out[k]! - expected[k]!) / (1 + Math.abs(expected[k]!)));
    };
  };
  return { both, seen };
};

const variants: Readonly<Record<string, Partial<Plan>>> = {
  'workers of different speed': {},
  'workers that lie, and turn': {
    attack: lie,
    switching: bernoulli({ p: 0.01, every: '100ms', duration: '200ms', cap: 100 }),
  },
  'weights by staleness': { weight: (_count, staleness) => 1 / Math.sqrt(1 + staleness) },
};

for (const [title, parts] of Object.entries(variants))
  for (const [name, rule, most] of [
    ['mean', weightedMean(), 1e-12],
    ['cwmed', weightedMedian(), 0],
  ] as const)
    test(`${title}: the ${name} of ${WORKERS} that is followed is the one from scratch`, async (t) => {
      for (const kernels of [undefined, (await simd())!]) {
        const { both, seen } = checked(rule);
        simulate(
          planOf({ ...parts, kernels, workers, aggregator: both, stop: { steps: 1500 } }),
          asynchronous(),
        ).subscribe();
        t.is(seen.steps, 1500);
        t.true(seen.worst <= most, `${seen.worst}`);
      }
    });
