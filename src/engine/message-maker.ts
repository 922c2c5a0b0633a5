import { compressed, type Estimator, type Method } from '../methods/index.js';
import { compressionOf } from './compression-of.js';
import { falsehoodOf } from './falsehood-of.js';
import { immediateGradients, type Gradients } from './gradients.js';
import type { SizedMessages } from './message-sizes.js';
import type { Server } from './server.js';
import type { WorkerRows } from './worker-rows.js';
import { writtenMessages } from './written-messages.js';

/** Makes workers' messages by the method. Workers are numbered from 0. */
export interface MessageMaker {
  readonly gradients: Gradients;
  readonly sizes: SizedMessages;
  /** Minibatch gradients that a worker's next message costs. */
  readonly cost: (worker: number) => number;
  /** How many times of computing a message takes: one for each of those gradients in rounds, one for all in other methods. */
  readonly spans: (worker: number) => number;
}

/** A run's estimator, whose messages are compressed if the plan says so. */
export const estimatorOf = (
  { estimator, compresses }: Method,
  { plan, objective, kernels, samples }: Pick<Server, 'plan' | 'objective' | 'kernels' | 'samples'>,
): Estimator => {
  const { dimension, precision } = objective;
  const workers = plan.workers.length;
  const shape = { workers, underway: plan.gradients ? workers : 1, dimension, precision, kernels };
  const compression = compressionOf(plan, { workers, dimension, precision, memory: kernels.memory });
  if (compression === undefined) return estimator(shape, samples);
  return compresses
    ? estimator({ ...shape, compression }, samples)
    : compressed(estimator, compression)(shape, samples);
};

/** Makes the messages of a server's run. @throws RangeError where the attack can't work on the method. */
export const messageMaker = (server: Server, rows: WorkerRows): MessageMaker => {
  const { plan, objective, kernels, model, statistics, inbox, parts, roundServer, byzantine } = server;
  const context = {
    ...{ objective, kernels, model, statistics, rows, byzantine: byzantine.members },
    outgoing: (worker: number) => inbox.outgoing(worker),
    falsehood: falsehoodOf(plan, objective.dimension),
  };
  if ('rounds' in plan.method) {
    const { run } = roundServer!;
    const cost = (worker: number): number => run.gradients(worker);
    return { gradients: writtenMessages(run, parts, context), sizes: run, cost, spans: cost };
  }
  const estimator = estimatorOf(plan.method, server);
  return {
    gradients: (plan.gradients ?? immediateGradients)({ ...context, estimator }),
    sizes: estimator,
    cost: () => estimator.gradients,
    spans: () => 1,
  };
};
