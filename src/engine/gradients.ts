import type { Falsehood } from '../attacks/attack.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Vector } from '../kernels/vector.js';
import type { GradientRequest, Objective } from '../learning/objective.js';
import type { Estimator } from '../methods/method.js';
import type { WorkerRows } from './worker-rows.js';

/** Takes the gradients that messages are made of, and has the messages made. Workers are numbered from 0. */
export interface Gradients {
  /**
   * Settles the worker's message: its gradients at the model as it is now, on samples drawn now. They are taken at once or
   * later, and the message is written to the worker's outgoing vector by the next `finish`.
   */
  ask(worker: number): void;
  /** Waits for the worker's message and returns its minibatch's loss. */
  finish(worker: number): number;
  /** Waits until the running statistics have followed all that was asked for. */
  settle(): void;
  /** Lets go of what computes beside this thread. */
  close(): void;
}

/** What gradients are taken of, and what they are for. */
export interface GradientsContext {
  readonly objective: Objective;
  readonly estimator: Estimator;
  readonly kernels: Kernels;
  /** The model that leaves the server. */
  readonly model: Vector;
  /** Running statistics; they follow the honest workers' first gradients at each model, in the order of asking. */
  readonly statistics: Vector;
  /** Where a worker's message is written; another vector for its next, or for another worker's, unless it is asked for all of them before. */
  readonly outgoing: (worker: number) => Vector;
  /** Where numbers of each worker are kept. */
  readonly rows: WorkerRows;
  /** 1 for each worker that is Byzantine now, 0 for each honest one. */
  readonly byzantine: Readonly<Uint8Array>;
  /** Falsifies the first gradient of each message of a Byzantine worker; nothing does, unless given. */
  readonly falsehood?: Falsehood | undefined;
}

/** Makes what takes a run's gradients. */
export type GradientsRule = (context: GradientsContext) => Gradients;

/** Claims an unfilled request. */
export const gradientRequest = (objective: Objective): GradientRequest => ({
  batch: objective.batch(),
  out: new Float64Array(0),
  seen: null,
  loss: NaN,
});

/** Takes the gradients at `params`, all at once where the objective can. */
export const takeGradients = (objective: Objective, params: Vector, requests: readonly GradientRequest[]): void => {
  if (objective.gradients) objective.gradients(params, requests);
  else for (const each of requests) each.loss = objective.gradient(params, each.batch, each.out, each.seen);
};

/** Takes every gradient at once, in this thread. */
export const immediateGradients: GradientsRule = ({
  objective,
  estimator,
  kernels,
  model,
  statistics,
  outgoing,
  rows,
  byzantine,
  falsehood,
}) => {
  const { memory } = kernels;
  const requests = Array.from({ length: estimator.gradients }, () => gradientRequest(objective));
  const gradients = requests.map((_, i) => memory.vector(objective.precision, i === 0 ? 0 : objective.dimension));
  const seen = memory.vector(objective.precision, objective.statistics);
  const losses = rows.column();
  return {
    ask(worker) {
      const out = outgoing(worker);
      const batches = estimator.draw(worker);
      gradients[0] = out;
      for (let i = 0; i < requests.length; i++) {
        requests[i]!.batch = batches[i]!;
        requests[i]!.out = gradients[i]!;
      }
      const follows = objective.blend !== undefined && byzantine[worker] === 0;
      requests[0]!.seen = follows ? seen : null;
      takeGradients(objective, model, requests);
      if (follows) objective.blend!(statistics, seen);
      losses.set(worker, requests[0]!.loss);
      if (falsehood) {
        falsehood.ask(worker, byzantine[worker] === 1);
        falsehood.falsify(worker, out);
      }
      estimator.message(worker, gradients, out);
    },
    finish: (worker) => losses.of(worker),
    settle: () => undefined,
    close: () => undefined,
  };
};
