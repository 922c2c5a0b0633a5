import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { RoundMethod } from '../methods/round-method.js';
import { compressionOf } from './compression-of.js';
import type { Plan } from './plan.js';
import { samplesOf } from './sampling.js';

/** Starts a method in rounds as a run of the plan would, without a run. @throws RangeError for a run that it can't work in. */
export const tryRounds = ({ rounds }: RoundMethod, plan: Omit<Plan, 'method'>): void => {
  const { objective, workers, attack, random, aggregator, stop, robustness } = plan;
  const { dimension, precision } = objective;
  const kernels = plainKernels();
  const model = kernels.memory.vector(precision, dimension);
  objective.initial(random.fork('model'), model);
  const byzantine = Uint8Array.from(workers, (worker) => Number(worker.byzantine));
  rounds({
    ...{ workers: workers.length, dimension, precision, kernels, model, robustness },
    samples: samplesOf(objective, workers, byzantine, attack, random),
    random: random.fork('method'),
    compression: compressionOf(plan, { workers: workers.length, dimension, precision, memory: kernels.memory }),
    steps: stop.steps,
    followed: aggregator.followsDeviation === true,
  });
};
