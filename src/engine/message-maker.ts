import type { RoundSamples } from '../methods/round-method.js';
import { falsehoodOf } from './falsehood-of.js';
import { immediateGradients, type Gradients } from './gradients.js';
import type { Server } from './server.js';
import type { WorkerRows } from './worker-rows.js';
import { writtenMessages } from './written-messages.js';

/** Makes workers' messages by the method. Workers are numbered from 0. */
export interface MessageMaker {
  readonly gradients: Gradients;
  /** Minibatch gradients that a worker's next message costs. */
  readonly cost: (worker: number) => number;
  /** How many times of computing a message takes: one for each of those gradients in rounds, one for all in other methods. */
  readonly spans: (worker: number) => number;
}

/** Makes the messages of a server's run. @throws RangeError where the attack can't work on the method. */
export const messageMaker = (server: Server, samples: RoundSamples, rows: WorkerRows): MessageMaker => {
  const { plan, objective, kernels, model, statistics, inbox, parts, roundServer, byzantine } = server;
  const { dimension, precision } = objective;
  const context = {
    ...{ objective, kernels, model, statistics, rows, byzantine: byzantine.members },
    outgoing: (worker: number) => inbox.outgoing(worker),
    falsehood: falsehoodOf(plan, dimension),
  };
  if ('rounds' in plan.method) {
    const { run } = roundServer!;
    const cost = (worker: number): number => run.gradients(worker);
    return { gradients: writtenMessages(run, parts, context), cost, spans: cost };
  }
  const workers = plan.workers.length;
  const underway = plan.gradients ? workers : 1;
  const estimator = plan.method.estimator({ workers, underway, dimension, precision, kernels }, samples);
  return {
    gradients: (plan.gradients ?? immediateGradients)({ ...context, estimator }),
    cost: () => estimator.gradients,
    spans: () => 1,
  };
};
