import type { Memory } from '../memory.js';
import type { ReadonlyVector } from '../vector.js';
import type { VectorKernels } from '../vector-kernels.js';
import type { Arena } from './arena.js';
import { simdMeanAroundMedian, simdMeanAroundTrimmedMean, simdTrimmedMean } from './column-means.js';
import type { KernelExports } from './exports.js';
import type { Install } from './network-holder.js';
import { followedMedian } from '../plain/followed-median.js';
import { simdMedian } from './weighted-median.js';

type Kernel = (...values: number[]) => number;

const single = (vector: ReadonlyVector): boolean => vector instanceof Float32Array;

/** A float64 table in kernel memory that grows when it must. */
const table = (memory: Memory): ((length: number) => Float64Array) => {
  let held: Float64Array = new Float64Array(0);
  return (length) => {
    if (held.length < length) held = memory.float64(2 * length);
    return held;
  };
};

/** Kernels on few vectors; `plain` works on those that are not in kernel memory. */
const elementwise = (kernels: KernelExports, { holds, at }: Arena, plain: VectorKernels): Partial<VectorKernels> => ({
  addScaled: (out, scale, x) => {
    if (!holds(out, x)) plain.addScaled(out, scale, x);
    else (single(out) ? kernels.addScaled32 : kernels.addScaled64)(at(out), scale, at(x), out.length);
  },
  sumScaled: (out, x, scale, y) => {
    if (!holds(out, x, y)) plain.sumScaled(out, x, scale, y);
    else (single(out) ? kernels.sumScaled32 : kernels.sumScaled64)(at(out), at(x), scale, at(y), out.length);
  },
  moveTowards: (point, target, share) => {
    if (!holds(point, target)) plain.moveTowards(point, target, share);
    else (single(point) ? kernels.moveTowards32 : kernels.moveTowards64)(at(point), at(target), share, point.length);
  },
  squaredNorm: (x, count = x.length) =>
    holds(x) ? (single(x) ? kernels.squaredNorm32 : kernels.squaredNorm64)(at(x), count) : plain.squaredNorm(x, count),
  squaredDistance: (x, y, dimension) =>
    holds(x, y)
      ? (single(x) ? kernels.squaredDistance32 : kernels.squaredDistance64)(at(x), at(y), dimension)
      : plain.squaredDistance(x, y, dimension),
  differenceProduct: (x, y, centre, dimension) =>
    holds(x, y, centre)
      ? (single(x) ? kernels.differenceProduct32 : kernels.differenceProduct64)(at(x), at(y), at(centre), dimension)
      : plain.differenceProduct(x, y, centre, dimension),
});

/** Bytes of a block of each vector that mixing works on. */
const MIX_BLOCK = 256;

/** Mixes vectors as one product of matrices. */
const mixing =
  (
    kernels: KernelExports,
    pairs: (length: number) => Float64Array,
    { holdsAll, list, scratch }: Arena,
    plain: VectorKernels,
  ): VectorKernels['mix'] =>
  (vectors, count, coefficients, dimension, out) => {
    if (count === 0 || !holdsAll(vectors, count, out[0]!) || !holdsAll(out, count, out[0]!)) {
      plain.mix(vectors, count, coefficients, dimension, out);
      return;
    }
    const factors = pairs(count * count);
    for (let i = 0; i < count * count; i++) factors[i] = coefficients[i]!;
    const kernel = single(out[0]!) ? kernels.mix32 : kernels.mix64;
    const room = scratch((count + 3) * count * 8 + (count + 1) * MIX_BLOCK);
    kernel(list(vectors, count), factors.byteOffset, count, dimension, list(out, count, 1), room);
  };

/** Combinations of vectors, and what is measured in the same pass; `numbers` and `sums` are tables of each vector's. */
const combining = (
  kernels: KernelExports,
  [numbers, sums]: readonly ((length: number) => Float64Array)[],
  { holdsAll, at, list }: Arena,
  plain: VectorKernels,
): Pick<VectorKernels, 'combine' | 'combineAndMeasure' | 'roughSquaredNorms'> => {
  const factorsAt = (coefficients: ReadonlyVector, count: number): number => {
    const factors = numbers!(count);
    for (let i = 0; i < count; i++) factors[i] = coefficients[i]!;
    return factors.byteOffset;
  };
  return {
    combine: (vectors, coefficients, count, dimension, out) => {
      if (!holdsAll(vectors, count, out)) {
        plain.combine(vectors, coefficients, count, dimension, out);
        return;
      }
      const kernel = single(out) ? kernels.combine32 : kernels.combine64;
      kernel(list(vectors, count), factorsAt(coefficients, count), count, dimension, at(out));
    },
    combineAndMeasure: (vectors, coefficients, count, dimension, out, squared) => {
      if (!holdsAll(vectors, count, out)) {
        plain.combineAndMeasure(vectors, coefficients, count, dimension, out, squared);
        return;
      }
      const [rows, factors, results] = [list(vectors, count), factorsAt(coefficients, count), sums!(count)];
      if (single(out)) {
        kernels.combineAndMeasure32(rows, factors, count, dimension, at(out), results.byteOffset);
      } else {
        kernels.combine64(rows, factors, count, dimension, at(out));
        kernels.distancesToAll64(rows, count, at(out), dimension, results.byteOffset);
      }
      for (let i = 0; i < count; i++) squared[i] = results[i]!;
    },
    roughSquaredNorms: (vectors, count, dimension, out) => {
      if (count === 0 || !single(vectors[0]!) || !holdsAll(vectors, count, vectors[0]!)) {
        for (let i = 0; i < count; i++) out[i] = plain.squaredNorm(vectors[i]!, dimension);
        return;
      }
      const results = sums!(count);
      kernels.roughSquaredNorms32(list(vectors, count), count, dimension, results.byteOffset);
      for (let i = 0; i < count; i++) out[i] = results[i]!;
    },
  };
};

/** Bytes of scratch memory that distances from one vector take. */
const WIDE_BYTES = 131_072;

/** Bytes of scratch memory that distances of all pairs take: sums of pairs, and a few blocks of each vector. */
const pairBytes = (count: number): number => (count + 4) * (4 * (count + 4) + 4096);

/** The SIMD kernels on vectors in kernel memory, and `plain` on those that are elsewhere. */
export const simdVectors = (
  kernels: KernelExports,
  memory: Memory,
  arena: Arena,
  install: Install,
  plain: VectorKernels,
): VectorKernels => {
  const { holdsAll, at, list, scratch } = arena;
  const few = elementwise(kernels, arena, plain);
  const numbers = table(memory);
  const pairs = table(memory);
  const toAll =
    (kernel32: Kernel, kernel64: Kernel): VectorKernels['distancesToAll'] =>
    (vectors, count, x, dimension, out) => {
      if (!holdsAll(vectors, count, x)) {
        plain.distancesToAll(vectors, count, x, dimension, out);
        return;
      }
      const results = numbers(count);
      const kernel = single(x) ? kernel32 : kernel64;
      kernel(list(vectors, count), count, at(x), dimension, results.byteOffset, scratch(WIDE_BYTES));
      for (let i = 0; i < count; i++) out[i] = results[i]!;
    };
  const allPairs =
    (kernel32: Kernel, kernel64: Kernel): VectorKernels['squaredDistances'] =>
    (vectors, count, dimension, out) => {
      if (count === 0) return;
      if (!holdsAll(vectors, count, vectors[0]!)) {
        plain.squaredDistances(vectors, count, dimension, out);
        return;
      }
      const results = pairs(count * count);
      const kernel = single(vectors[0]!) ? kernel32 : kernel64;
      const room = scratch(pairBytes(count));
      kernel(list(vectors, count), count, dimension, results.byteOffset, room);
      for (let i = 0; i < count * count; i++) out[i] = results[i]!;
    };
  return {
    ...plain,
    ...few,
    distancesToAll: toAll(kernels.distancesToAll32, kernels.distancesToAll64),
    roughDistancesToAll: toAll(kernels.roughDistancesToAll32, kernels.distancesToAll64),
    squaredDistances: allPairs(kernels.pairwiseDistances32, kernels.pairwiseDistances64),
    roughDistances: allPairs(kernels.pairwiseDistancesByProducts32, kernels.pairwiseDistances64),
    ...combining(kernels, [numbers, table(memory)], arena, { ...plain, ...few }),
    mix: mixing(kernels, pairs, arena, plain),
    weightedMedian: followedMedian(simdMedian(kernels, memory, arena, install)),
    trimmedMean: simdTrimmedMean(kernels, memory, arena, install),
    meanAroundMedian: simdMeanAroundMedian(kernels, memory, arena, install),
    meanAroundTrimmedMean: simdMeanAroundTrimmedMean(kernels, memory, arena, install),
  };
};
