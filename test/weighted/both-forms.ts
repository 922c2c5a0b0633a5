import type { Precision } from '../../src/kernels/vector.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { bothKernels } from '../kernels/both.js';

const { plain, simd } = bothKernels(1 << 26);

const value = (i: number, k: number): number =>
  Math.fround(((i * 7919 + k * 104_729 + i * i * k * 31) % 2003) / 700 - i / 5);

/** What a rule makes of `count` vectors of 150 numbers, the first trusted, in the plain and in the SIMD form, relative to their size. */
export const differenceOfForms = (rule: AggregatorRule, precision: Precision, count: number): number => {
  const dimension = 150;
  const [a, b] = [plain, simd].map((kernels) => {
    const vectors = kernels.memory.matrix(precision, count, dimension);
    vectors.forEach((vector, i) => vector.set(Array.from({ length: dimension }, (_, k) => value(i, k))));
    const out = kernels.memory.vector(precision, dimension).fill(NaN);
    const weights = new Float64Array(count).fill(1);
    rule({ count, dimension, precision, kernels })({ count, dimension, vectors, weights, trusted: vectors[0] }, out);
    return [...out];
  }) as [number[], number[]];
  const largest = Math.max(...a.map(Math.abs));
  return Math.max(...a.map((x, k) => Math.abs(x - b[k]!))) / largest;
};
