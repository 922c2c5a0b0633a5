import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { RoundMethod } from '../methods/round-method.js';
import type { Plan } from './plan.js';
import { roundContext } from './round-context.js';
import { samplesOf } from './sampling.js';

/** Starts a method in rounds as a run of the plan would, without a run. @throws RangeError for a run that it can't work in. */
export const tryRounds = ({ rounds }: RoundMethod, plan: Omit<Plan, 'method'>): void => {
  const { objective, workers, attack, random } = plan;
  const kernels = plainKernels();
  const model = kernels.memory.vector(objective.precision, objective.dimension);
  objective.initial(random.fork('model'), model);
  const byzantine = Uint8Array.from(workers, (worker) => Number(worker.byzantine));
  const samples = samplesOf(objective, workers, byzantine, attack, random);
  rounds(roundContext(plan, { objective, kernels, model, samples }));
};
