import { matrixBytes } from '../kernels/memory.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { AggregatorRule } from '../weighted/aggregator.js';
import { lossyWorkers, mostFragments } from './datagrams.js';
import type { Gathers } from './gathered.js';
import type { Plan } from './plan.js';

/** Vectors for each worker besides the rule's: its message under way, its message at the server, what its estimator keeps. */
const VECTORS_PER_WORKER = 3;

/** Vectors of the server and its method, and of the gradients being taken. */
const OTHER_VECTORS = 16;

/** Filters made ready for fast convolutions take up to 64/25 of the model. */
const PREPARED_VECTORS = 3;

/** Tables for each worker, in bytes: places, weights, coefficients. */
const BYTES_PER_WORKER = 1024;

/** Tables of all pairs of workers, in bytes a pair: distances and products on the heap, what mixing works on beside the vectors. */
const HEAP_BYTES_PER_PAIR = 88;
/** Those of each operator that mixes by distances over a rule with such tables. */
const HEAP_BYTES_PER_PAIR_MORE = 56;
const LINEAR_BYTES_PER_PAIR = 64;

/** What small arrays take, in bytes. */
const REST = 1 << 20;

/** float32 numbers in the unit that memory is claimed by, for vectors that are long enough to be padded. */
const UNIT = 512;

/** A rule is tried with this many workers, or with more where it refuses so few: what it claims grows with their number. */
const FIRST_TRIED = 64;

/** What a rule claims for so many vectors of a length, in bytes. */
const claimedBy = (rule: AggregatorRule, count: number, dimension: number): number => {
  const kernels = plainKernels();
  rule({
    ...{ count, dimension, precision: 'float32', kernels, random: () => ({ next: () => 0 }) },
    followModel: () => {
      // The copy of the model that is kept for it.
      kernels.memory.vector('float32', dimension);
      return () => undefined;
    },
  });
  return kernels.memory.claimed;
};

/** How many vectors a rule claims for so many workers: what more it claims for vectors that are longer by a unit, in units. */
const vectorsClaimed = (rule: AggregatorRule, count: number): number =>
  (claimedBy(rule, count, 2 * UNIT) - claimedBy(rule, count, UNIT)) / (4 * UNIT);

/** The same for more workers than are tried: so many for each worker, and so many besides. */
const claimsOf = (rule: AggregatorRule, count: number): { readonly each: number; readonly besides: number } => {
  for (let tried = Math.min(count, FIRST_TRIED); ; tried = Math.min(count, 2 * tried)) {
    try {
      const few = vectorsClaimed(rule, tried);
      if (tried === count) return { each: 0, besides: few };
      const more = Math.min(count, 2 * tried);
      const each = (vectorsClaimed(rule, more) - few) / (more - tried);
      return { each, besides: few - each * tried };
    } catch (error) {
      if (tried === count || !(error instanceof RangeError)) throw error;
    }
  }
};

/**
 * How many vectors a rule takes for `count` workers. One that hands vectors of its own on claims all of them at once; of others a
 * median may claim one more for each worker later, to keep up with changes, which nobody tells of vectors that are handed on.
 */
const vectorsOfRule = (rule: AggregatorRule, count: number): number => {
  const { each, besides } = claimsOf(rule, count);
  if (!rule.inPlace) return Math.ceil((1 + each) * count + besides);
  // Buckets aren't quite in proportion to the workers: where they were counted for fewer, one for each worker is enough.
  return each === 0 ? besides : Math.ceil(Math.max(1, each) * count + besides);
};

/** Bytes that a run's arrays take at most. */
export interface MemoryNeeded {
  /** In the memory that kernels work on. */
  readonly linear: number;
  /** Elsewhere. */
  readonly heap: number;
}

/**
 * The most bytes that a run's arrays take: 4·m·d numbers for m workers and d parameters, m² of them where a rule needs all pairs,
 * and what doesn't grow with both. With a protocol that gathers vectors, the rule's share follows from their number in place of
 * m's, and those that it copies come on top, as do those that a policy, a compressor or datagrams keep. An attack that tries its lies on the rule has another one.
 * What the data take isn't counted, but for what the objective copies into the run's memory.
 */
export const memoryNeeded = (plan: Plan, gathers?: Gathers): MemoryNeeded => {
  const { workers, objective, place, aggregator, policy, attack, method, compression, datagrams } = plan;
  const { precision, dimension } = objective;
  const probe = plainKernels();
  place?.(probe);
  const count = gathers?.rows ?? workers.length;
  const others = OTHER_VECTORS + PREPARED_VECTORS + (gathers?.copies ?? 0);
  const kept = (policy?.vectors(workers.length) ?? 0) + (compression?.vectors(workers.length) ?? 0);
  // A method in rounds keeps nothing of a worker; each part of its messages has a rule of its own.
  const parts = 'rounds' in method ? method.parts : 1;
  const rules = parts * (attack.kind === 'vector' && attack.knowledge === 'defence' ? 2 : 1);
  const messages = VECTORS_PER_WORKER * workers.length * parts;
  const lossy = datagrams ? lossyWorkers(datagrams) : 0;
  const previous = datagrams?.holes === 'previous' ? lossy * parts : 0;
  const vectors = messages + others * parts + kept + previous + rules * vectorsOfRule(aggregator, count);
  const tables = rules * (aggregator.pairwise?.({ count, dimension }) ?? 0);
  // Rules in the domain of distances touch the vectors' memory for a row at a time only.
  const linearPairs = tables > 0 && !aggregator.affine ? rules * LINEAR_BYTES_PER_PAIR * count ** 2 : 0;
  const fragments = lossy * mostFragments(plan, parts, dimension, precision);
  const rest = BYTES_PER_WORKER * workers.length + probe.memory.claimed + REST;
  return {
    // Vectors that are claimed one by one are padded.
    linear: matrixBytes(precision, vectors, dimension) + 64 * OTHER_VECTORS + linearPairs + rest,
    heap:
      fragments +
      (tables > 0 ? (rules * HEAP_BYTES_PER_PAIR + (tables - rules) * HEAP_BYTES_PER_PAIR_MORE) * count ** 2 : 0),
  };
};
