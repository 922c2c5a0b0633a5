import { matrixBytes } from '../kernels/memory.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { Plan } from './plan.js';

/** Vectors for each worker: its message under way, its message at the server, what its estimator keeps, what a rule keeps. */
const VECTORS_PER_WORKER = 4;

/** Vectors of the server, its rule and its method, and of the gradients being taken. */
const OTHER_VECTORS = 16;

/** Filters made ready for fast convolutions take up to 64/25 of the model. */
const PREPARED_VECTORS = 3;

/** Tables for each worker, in bytes: places, weights, coefficients. */
const BYTES_PER_WORKER = 1024;

/** What small arrays take, in bytes. */
const REST = 1 << 20;

/**
 * The most bytes that a run's arrays take: 4·m·d numbers for m workers and d parameters, and what doesn't grow with both.
 * What the data take isn't counted, but for what the objective copies into the run's memory.
 */
export const memoryNeeded = ({ workers, objective, place }: Plan): number => {
  const { precision, dimension } = objective;
  const probe = plainKernels();
  place?.(probe);
  const vectors = matrixBytes(
    precision,
    VECTORS_PER_WORKER * workers.length + OTHER_VECTORS + PREPARED_VECTORS,
    dimension,
  );
  return vectors + BYTES_PER_WORKER * workers.length + probe.memory.claimed + REST;
};
