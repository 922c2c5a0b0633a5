import type { Kernels } from '../kernels/kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { Objective } from '../learning/objective.js';
import type { RoundContext, RoundSamples } from '../methods/index.js';
import { compressionOf } from './compression-of.js';
import type { Plan } from './plan.js';

/** Where a run of a plan is to be. */
export interface RoundPlace {
  readonly objective: Objective;
  readonly kernels: Kernels;
  /** The model that workers are sent. */
  readonly model: ReadonlyVector;
  readonly samples: RoundSamples;
}

/** What a method in rounds is told of a plan's run; its compressor's memory is claimed. */
export const roundContext = (
  plan: Omit<Plan, 'method' | 'objective'>,
  { objective, kernels, model, samples }: RoundPlace,
): RoundContext => {
  const { dimension, precision } = objective;
  const workers = plan.workers.length;
  return {
    ...{ workers, dimension, precision, kernels, model, samples },
    random: plan.random.fork('method'),
    compression: compressionOf(plan, { workers, dimension, precision, memory: kernels.memory }),
    steps: plan.stop.steps,
    robustness: plan.robustness,
    followed: plan.aggregator.followsDeviation === true,
  };
};
