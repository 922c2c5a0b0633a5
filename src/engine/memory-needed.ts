import { matrixBytes } from '../kernels/memory.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { Plan } from './plan.js';

/** Vectors for each worker: its message under way, its message at the server, what its estimator keeps, what a rule keeps. */
const VECTORS_PER_WORKER = 4;

/** Vectors of the server, its rule and its method, and of the gradients being taken. */
const OTHER_VECTORS = 16;

/** Tables for each worker, in bytes: places, weights, coefficients. */
const BYTES_PER_WORKER = 1024;

/** Tables of all pairs of workers, in bytes a pair: distances, products, what a rule solves with. */
const BYTES_PER_PAIR = 48;

/** What small arrays take, in bytes. */
const REST = 1 << 20;

/**
 * The most bytes that a run's arrays take: 4·m·d numbers for m workers and d parameters, and what doesn't grow with both; m² of
 * them where a rule needs all pairs.
 * What the data take isn't counted, but for what the objective copies into the run's memory.
 */
export const memoryNeeded = ({ workers, objective, place, aggregator }: Plan): number => {
  const { precision, dimension } = objective;
  const probe = plainKernels();
  place?.(probe);
  const vectors = matrixBytes(precision, VECTORS_PER_WORKER * workers.length + OTHER_VECTORS, dimension);
  const pairs = aggregator.pairwise ? BYTES_PER_PAIR * workers.length ** 2 : 0;
  return vectors + pairs + BYTES_PER_WORKER * workers.length + probe.memory.claimed + REST;
};
