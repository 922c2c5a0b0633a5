import fc from 'fast-check';
import type { Compressor, CompressorRule } from '../../src/compressors/index.js';
import { heapMemory } from '../../src/kernels/memory.js';
import type { Precision, Vector } from '../../src/kernels/vector.js';
import { seededRandom, type Random } from '../../src/random/index.js';

/** A compressor at work for so many numbers. */
export const atWork = (
  rule: CompressorRule,
  dimension: number,
  precision: Precision = 'float64',
  workers = 2,
): Compressor => rule.create({ workers, dimension, precision, memory: heapMemory() });

export const vectorOf = (numbers: readonly number[], precision: Precision = 'float64'): Vector =>
  precision === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers);

/** What the receiver makes of numbers, and the size of the message. */
export const sent = (
  rule: CompressorRule,
  numbers: readonly number[],
  random: Random = seededRandom(1),
  precision: Precision = 'float64',
): { readonly received: readonly number[]; readonly bits: number } => {
  const vector = vectorOf(numbers, precision);
  const bits = atWork(rule, numbers.length, precision).compress(0, vector, random);
  return { received: [...vector], bits };
};

/** A stream of given draws, after which there are none. */
export const drawing = (draws: readonly number[]): Random & { left(): number } => {
  let next = 0;
  const unused = (): never => {
    throw new Error('not asked for');
  };
  return {
    next: () => (next < draws.length ? draws[next++]! : unused()),
    left: () => draws.length - next,
    ...{ fork: unused, state: unused, restore: unused },
  };
};

export const square = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x * x, 0);

export const difference = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.map((value, i) => value - b[i]!);

/** Vectors of 1 to 12 numbers whose squares are no subnormals, zeros and equal ones among them. */
export const anyVector = fc.array(
  fc.oneof(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((value) => (Math.abs(value) < 1e-9 ? 0 : value)),
    fc.constantFrom(0, -0, 1, -1, 2),
  ),
  { minLength: 1, maxLength: 12 },
);

/** Mean of ten thousand messages in each coordinate, and of ‖Q(x) − x‖². */
export const measured = (
  rule: CompressorRule,
  numbers: readonly number[],
): { readonly mean: readonly number[]; readonly deviation: readonly number[]; readonly variance: number } => {
  const runs = 10_000;
  const compressor = atWork(rule, numbers.length);
  const random = seededRandom(7);
  const sums = numbers.map(() => 0);
  const squares = numbers.map(() => 0);
  let variance = 0;
  for (let run = 0; run < runs; run++) {
    const vector = vectorOf(numbers);
    compressor.compress(0, vector, random);
    vector.forEach((value, i) => {
      sums[i]! += value;
      squares[i]! += value * value;
    });
    variance += square(difference([...vector], numbers)) / runs;
  }
  const mean = sums.map((sum) => sum / runs);
  // Standard deviation of each mean.
  const deviation = mean.map((value, i) => Math.sqrt(Math.max(0, squares[i]! / runs - value * value) / runs));
  return { mean, deviation, variance };
};
