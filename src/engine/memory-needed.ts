import { matrixBytes } from '../kernels/memory.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { AggregatorRule } from '../weighted/aggregator.js';
import type { Plan } from './plan.js';

/** Vectors for each worker: its message under way, its message at the server, what its estimator keeps, what most rules keep. */
const VECTORS_PER_WORKER = 4;

/** Vectors of the server, its rule and its method, and of the gradients being taken. */
const OTHER_VECTORS = 16;

/** Filters made ready for fast convolutions take up to 64/25 of the model. */
const PREPARED_VECTORS = 3;

/** Tables for each worker, in bytes: places, weights, coefficients. */
const BYTES_PER_WORKER = 1024;

/** Tables of all pairs of workers, in bytes a pair: distances, products, what a rule solves with. */
const BYTES_PER_PAIR = 48;

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

/** Tables of pairs beyond this many bytes fit nowhere: a rule that would claim them isn't tried. */
const HOPELESS = 2 ** 36;

/**
 * The most bytes that a run's arrays take: 4·m·d numbers for m workers and d parameters, more where a rule keeps several
 * for each worker, m² where it needs all pairs, and what doesn't grow with both.
 * What the data take isn't counted, but for what the objective copies into the run's memory.
 */
export const memoryNeeded = ({ workers, objective, place, aggregator }: Plan): number => {
  const { precision, dimension } = objective;
  const probe = plainKernels();
  place?.(probe);
  const count = workers.length;
  const pairs = aggregator.pairwise ? BYTES_PER_PAIR * count ** 2 : 0;
  const more = pairs > HOPELESS ? 0 : Math.max(0, vectorsOfRule(aggregator, count) - count);
  const vectors = matrixBytes(
    precision,
    VECTORS_PER_WORKER * count + OTHER_VECTORS + PREPARED_VECTORS + more,
    dimension,
  );
  return vectors + pairs + BYTES_PER_WORKER * count + probe.memory.claimed + REST;
};
