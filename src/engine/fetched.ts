import type { ReadonlyVector } from '../kernels/vector.js';

/**
 * Whoever keeps data of many workers (numbered from 0). `fetch` reads the data of so many of these workers, whose turn comes soon,
 * and returns a number that hangs on what it read: a processor waits for many places of memory at once in hardly more time than
 * for one, which it would have to do at each worker's turn. Changes nothing.
 */
export interface Fetched {
  fetch(workers: Int32Array, count: number): number;
}

/** Reads one number of each worker. */
export const fetchNumbers = (
  numbers: Float64Array | Int32Array | Uint8Array,
  workers: Int32Array,
  count: number,
): number => {
  let read = 0;
  for (let k = 0; k < count; k++) read += numbers[workers[k]!]!;
  return read;
};

/** Vectors of more numbers come from memory fast enough once their beginnings do. */
const MOST = 64;

/** Numbers of a cache line. */
const LINE = 8;

/** Reads where each worker's vector is, and its beginning. */
export const fetchVectors = (vectors: readonly ReadonlyVector[], workers: Int32Array, count: number): number => {
  let read = 0;
  for (let k = 0; k < count; k++) {
    const vector = vectors[workers[k]!]!;
    const end = Math.min(vector.length, MOST);
    for (let i = 0; i < end; i += LINE) read += vector[i]!;
  }
  return read;
};
