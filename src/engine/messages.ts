import type { Memory } from '../kernels/memory.js';
import type { Precision, Vector } from '../kernels/vector.js';
import { fetchVectors, type Fetched } from './fetched.js';
import type { WorkerRows } from './worker-rows.js';

/** Messages under way, one of each worker at most. Workers are numbered from 0. */
export interface Messages extends Fetched {
  /** Where a worker's next message is written. */
  outgoing(worker: number): Vector;
  /** A worker's message has been written, as far as it is by now. */
  written(worker: number): void;
  /** A worker's message as it arrives. */
  arrived(worker: number): Vector;
  /** A worker's message that has arrived, with what has been made of it since: until another message arrives. */
  latest(worker: number): Vector;
}

/** A vector for each worker, where its message stays until it writes the next. */
export const ownVectors = (memory: Memory, precision: Precision, workers: number, dimension: number): Messages => {
  const vectors = memory.matrix(precision, workers, dimension);
  return {
    outgoing: (worker) => vectors[worker]!,
    written: () => undefined,
    arrived: (worker) => vectors[worker]!,
    latest: (worker) => vectors[worker]!,
    fetch: (ids, count) => fetchVectors(vectors, ids, count),
  };
};

/** Messages of double precision among what else is kept of workers: a message is copied there once it is written, and from there when it arrives. */
export const inRows = (memory: Memory, rows: WorkerRows, dimension: number): Messages => {
  const place = rows.add(dimension);
  const sent = memory.float64(dimension);
  const received = memory.float64(dimension);
  return {
    outgoing: () => sent,
    written(worker) {
      const { numbers, stride } = rows;
      const at = worker * stride + place;
      for (let k = 0; k < dimension; k++) numbers[at + k] = sent[k]!;
    },
    arrived(worker) {
      const { numbers, stride } = rows;
      const at = worker * stride + place;
      for (let k = 0; k < dimension; k++) received[k] = numbers[at + k]!;
      return received;
    },
    latest: () => received,
    // Rows are fetched by themselves.
    fetch: () => 0,
  };
};
