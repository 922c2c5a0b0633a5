import type { Plan, WorkerPlan } from '../../src/engine/plan.js';
import { instantLink } from '../../src/network/index.js';
import { exponential, seededRandom } from '../../src/random/index.js';
import { sgd } from '../../src/methods/index.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { halfSquare } from './half-square.js';

/** Workers whose i-th has speed i (or as given) and, where timed, exponential compute times of mean 1000 / speed ms. */
export const workersOf = (
  count: number,
  options: { readonly byzantine?: number; readonly timed?: boolean; readonly speed?: (id: number) => number } = {},
): readonly WorkerPlan[] => {
  const { byzantine = 0, timed = false, speed = (id: number) => id } = options;
  return Array.from({ length: count }, (_, i): WorkerPlan => {
    const liar = i >= count - byzantine;
    const rate = speed(liar ? i - (count - byzantine) + 1 : i + 1);
    const law = exponential(1000 / rate);
    return {
      byzantine: liar,
      speed: rate,
      share: Int32Array.of(i),
      link: timed ? { ...instantLink, compute: law } : instantLink,
    };
  });
};

/** A plan on ½‖x − z‖² in 3 dimensions; what matters to a test is given. */
export const planOf = (parts: Partial<Plan> & { readonly seed?: number }): Plan => {
  const { seed = 1, ...rest } = parts;
  return {
    random: seededRandom(seed),
    workers: workersOf(4),
    objective: halfSquare(3),
    method: sgd({ lr: 0.1 }),
    aggregator: weightedMean(),
    weight: (count) => count,
    attack: { kind: 'none' },
    stop: { steps: 100 },
    measure: { kind: 'steps', steps: 10 },
    ...rest,
  };
};
