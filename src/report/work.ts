import type { Reader } from './reader.js';

/** What workers were asked to compute, since the run began. */
export interface Work {
  /** Minibatch gradients of all messages that were asked for, whether they arrived or not. */
  readonly gradients: number;
  /** How often that goes through the training rows of all honest workers; present if there are data. */
  readonly passes?: number;
}

/** Rows of a minibatch, and of the honest workers' data. */
export interface DataSizes {
  readonly batch: number;
  /** Number of training rows in all honest workers' shares together, one that several have counted for each; > 0. */
  readonly rows: number;
}

/** Counts minibatch gradients, and passes over the data. */
export const work = (sizes?: DataSizes, from = 0): Reader<Work, number> => {
  let gradients = from;
  return {
    update: (event) => {
      if (event.kind === 'assigned') gradients += event.gradients ?? 1;
    },
    result: () => (sizes ? { gradients, passes: (gradients * sizes.batch) / sizes.rows } : { gradients }),
    state: () => gradients,
  };
};
