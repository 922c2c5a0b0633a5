import type { Reader } from './reader.js';

/** Who took part, in columns: entry i of a list with one entry per worker belongs to the worker with id i + 1. */
export interface WorkerCounts {
  readonly count: number;
  /** Ids of those that were Byzantine when the run began, ascending. */
  readonly byzantine: readonly number[];
  /** Messages received from each. */
  readonly messages: readonly number[];
  /** Mean staleness of each one's messages, in server steps; 0 where there were none. */
  readonly stalenessMean: readonly number[];
}

/** Sums from which the counts follow. */
export interface WorkerCountsState {
  readonly byzantine: readonly number[];
  readonly messages: readonly number[];
  readonly stalenessSums: readonly number[];
}

/** Counts messages and averages staleness per worker. */
export const workerCounts = (from?: WorkerCountsState): Reader<WorkerCounts, WorkerCountsState> => {
  let byzantine = from?.byzantine ?? [];
  const messages = [...(from?.messages ?? [])];
  const stalenessSums = [...(from?.stalenessSums ?? [])];
  const widen = (workers: number): void => {
    while (messages.length < workers) {
      messages.push(0);
      stalenessSums.push(0);
    }
  };
  return {
    update: (event) => {
      if (event.kind === 'started') {
        byzantine = event.byzantine;
        widen(event.workers);
      } else if (event.kind === 'received') {
        widen(event.worker);
        messages[event.worker - 1]! += 1;
        stalenessSums[event.worker - 1]! += event.staleness;
      }
    },
    result: () => ({
      count: messages.length,
      byzantine: [...byzantine],
      messages: [...messages],
      stalenessMean: stalenessSums.map((sum, i) => (messages[i] === 0 ? 0 : sum / messages[i]!)),
    }),
    state: () => ({ byzantine: [...byzantine], messages: [...messages], stalenessSums: [...stalenessSums] }),
  };
};
