import { matrixBytes } from '../kernels/memory.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { AggregatorRule } from '../weighted/aggregator.js';
import type { Plan } from './plan.js';

/** Vectors for each worker: its message under way, its message at the server, what its estimator keeps, what most rules keep. */
const VECTORS_PER_WORKER = 4;

/** Vectors of the server, its rule and its method, and of the gradients being taken. */
const OTHER_VECTORS = 16;

/** Tables for each worker, in bytes: places, weights, coefficients. */
const BYTES_PER_WORKER = 1024;

/** What small arrays take, in bytes. */
const REST = 1 << 20;

/** float32 numbers in the unit that memory is claimed by. */
const UNIT = 16;

/** How many vectors a rule claims for `count` workers: what more it claims for vectors that are longer by a unit, in units. */
const vectorsOfRule = (rule: AggregatorRule, count: number): number => {
  const claimed = (dimension: number): number => {
    const kernels = plainKernels();
    rule({ count, dimension, precision: 'float32', kernels });
    return kernels.memory.claimed;
  };
  return (claimed(2 * UNIT) - claimed(UNIT)) / matrixBytes('float32', 1, UNIT);
};

/**
 * The most bytes that a run's arrays take: 4·m·d numbers for m workers and d parameters, more where a rule keeps several
 * for each worker, and what doesn't grow with both.
 * What the data take isn't counted, but for what the objective copies into the run's memory.
 */
export const memoryNeeded = ({ workers, objective, place, aggregator }: Plan): number => {
  const { precision, dimension } = objective;
  const probe = plainKernels();
  place?.(probe);
  const more = Math.max(0, vectorsOfRule(aggregator, workers.length) - workers.length);
  const vectors = matrixBytes(precision, VECTORS_PER_WORKER * workers.length + OTHER_VECTORS + more, dimension);
  return vectors + BYTES_PER_WORKER * workers.length + probe.memory.claimed + REST;
};
