import { seededRandom } from '../random/index.js';
import type { AggregatorRule } from '../weighted/index.js';
import type { WeightedSet } from './statistics.js';

/** A rule in one line: the aggregate of vectors with weights above 0, as a new array. It may change what it is given. */
export type SimpleRule = (vectors: number[][], weights: number[]) => ArrayLike<number>;

/** What can be tested: a rule as the simulator takes it, or a simple function. */
export type TestedRule = AggregatorRule | SimpleRule;

/** A function of a rule in either form; a simple function's parameters have their types where it is written. */
/* eslint-disable @typescript-eslint/unified-signatures -- One signature for both would leave the parameters of a function that is written in the call without types. */
export interface OfRule<Rest extends readonly unknown[], Result> {
  (rule: SimpleRule, ...rest: Rest): Result;
  (rule: AggregatorRule, ...rest: Rest): Result;
  (rule: TestedRule, ...rest: Rest): Result;
}
/* eslint-enable @typescript-eslint/unified-signatures */

/** The rule in the simulator's form; what it is, is told by what it gives for a shape. */
export const aggregatorRule: OfRule<[], AggregatorRule> = (rule: TestedRule) => {
  if (rule.length > 1) return simple(rule as SimpleRule);
  return (shape) => {
    try {
      const made: unknown = (rule as AggregatorRule)(shape);
      return typeof made === 'function' ? (made as ReturnType<AggregatorRule>) : simple(rule as SimpleRule)(shape);
    } catch (error) {
      return simple(rule as SimpleRule, error as Error)(shape);
    }
  };
};

/** A simple function in the simulator's form; `refused` is what it said when it was given a shape. */
const simple =
  (rule: SimpleRule, refused?: Error): AggregatorRule =>
  () =>
  ({ count, dimension, vectors, weights }, out) => {
    const given = vectors.slice(0, count).map((x) => Array.from(x).slice(0, dimension));
    out.set(called(rule, given, Array.from(weights).slice(0, count), refused));
  };

const called = (rule: SimpleRule, vectors: number[][], weights: number[], refused?: Error): ArrayLike<number> => {
  const dimension = vectors[0]!.length;
  let result: unknown;
  try {
    result = rule(vectors, weights);
  } catch (error) {
    // Only a simple function trips over the form of a shape; what else it said about one is worth more.
    throw refused === undefined || refused instanceof TypeError ? (error as Error) : refused;
  }
  if (isVector(result) && result.length === dimension) return result;
  if (refused !== undefined && typeof result === 'function') throw refused;
  throw new TypeError(
    `a rule gives a function for a shape, or a vector of ${dimension} numbers for vectors and weights; got ${String(result)}`,
  );
};

const isVector = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || value instanceof Float64Array || value instanceof Float32Array;

/** The rule's result on float64 vectors, the first of which is trusted, with memory claimed for at least `count` of them. */
export const aggregate: OfRule<[set: WeightedSet, count?: number], number[]> = (
  rule: TestedRule,
  { vectors, weights }: WeightedSet,
  count = vectors.length,
) => {
  const streams = seededRandom('tested rule');
  const shape = {
    ...{ count: Math.max(count, vectors.length), dimension: vectors[0]!.length },
    random: (name: string) => streams.fork(name),
  };
  const out = new Float64Array(shape.dimension);
  const given = vectors.map((x) => Float64Array.from(x));
  aggregatorRule(rule)(shape)(
    { ...shape, count: vectors.length, vectors: given, weights: Float64Array.from(weights), trusted: given[0] },
    out,
  );
  return [...out];
};
