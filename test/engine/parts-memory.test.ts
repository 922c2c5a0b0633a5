import test from 'ava';
import { empire, optimal, type AttackRule } from '../../src/attacks/index.js';
import { l2Quantization, randK } from '../../src/compressors/index.js';
import { memoryNeeded } from '../../src/engine/memory-needed.js';
import { simulate, type World } from '../../src/engine/index.js';
import { simd } from '../../src/kernels/index.js';
import { models } from '../../src/learning/index.js';
import { byzVrMarina, dynaBro } from '../../src/methods/index.js';
import { synchronous } from '../../src/protocols/index.js';
import {
  bucketing,
  ctma,
  fltrust,
  geometricMedian,
  medianFilteredMean,
  nnm,
  trimmedMean,
  weightedMedian,
  weiszfeld,
} from '../../src/weighted/index.js';
import { planOf, workersOf } from './small-plan.js';

const kernels = (await simd())!;

const attack: AttackRule = optimal({ attack: empire({ epsilon: 1 }), evaluations: 2 });
const levels = dynaBro({ lr: 0.01, noise: 1, constant: 3 });
const differences = byzVrMarina({ lr: 0.01, clip: 1 });

for (const [name, parts] of Object.entries({
  gm: { aggregator: geometricMedian() },
  cwmed: { aggregator: weightedMedian() },
  rfa: { aggregator: weiszfeld() },
  'mfm that is told': { aggregator: medianFilteredMean({ threshold: 'method' }) },
  'nnm over trmean': { aggregator: nnm({ f: 3 })(trimmedMean({ f: 3 })) },
  'ctma over bucketing over cwmed': { aggregator: ctma({ lambda: 0.1 })(bucketing({})(weightedMedian())) },
  fltrust: { aggregator: fltrust(), trusted: 0 },
  'cwmed of few numbers': { aggregator: weightedMedian(), compression: randK({ k: 1 }) },
  'cwmed of differences': { aggregator: weightedMedian(), method: differences, compression: l2Quantization() },
}))
  test(`a run in rounds stays within the memory that was foreseen: ${name}`, (t) => {
    for (const workers of [7, 20])
      for (const dimension of [2, 1500])
        for (const each of [attack, { kind: 'none' } as const]) {
          const plan = planOf({
            objective: models.quadratic.create({ dimension, smoothness: 1, condition: 10, noise: 1, optimum: 0 })({
              data: undefined,
              batch: 1,
            }),
            ...{ kernels, attack: each, method: levels, weight: () => 1 },
            workers: workersOf(workers, { timed: true, byzantine: 3 }),
            stop: { steps: 4 },
            ...parts,
          });
          const protocol = synchronous();
          let world: World | undefined;
          simulate(plan, protocol, undefined, (made) => (world = made)).subscribe();
          const { claimed } = world!.kernels.memory;
          const { linear } = memoryNeeded(plan, protocol.gathers!(workers));
          t.true(claimed <= linear, `${claimed} of ${linear}`);
          // And not much more was foreseen than was taken.
          if (dimension === 1500) t.true(linear - (1 << 20) <= 4 * claimed, `${claimed} of ${linear}`);
        }
  });
