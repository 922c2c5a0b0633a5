import type { Memory } from '../memory.js';
import { meanAroundMedian } from '../plain/mean-around-median.js';
import { meanAroundTrimmedMean } from '../plain/mean-around-trimmed-mean.js';
import { trimmedMean } from '../plain/trimmed-mean.js';
import type { ColumnMean } from '../vector-kernels.js';
import type { Arena } from './arena.js';
import type { KernelExports } from './exports.js';
import { networkHolder, type Install } from './network-holder.js';
import { wholeWeights, type WholeWeights } from './whole-weights.js';

/** Bytes of scratch memory for each vector, and for one more. */
const SCRATCH = 128;

/** Numbers of weights this close to an integer, relative to their number, are one. */
const WHOLE_TOLERANCE = 1e-9;

/** Reads weights of any number of vectors in either precision. */
const weightsReader = (memory: Memory) => {
  const readers: { float32?: Reader; float64?: Reader } = {};
  return (precision: 'float32' | 'float64', weights: ArrayLike<number>, count: number): WholeWeights => {
    let reader = readers[precision];
    if (!reader || reader.most < count) {
      const most = 2 * count;
      reader = readers[precision] = { most, read: wholeWeights(memory, precision, most) };
    }
    return reader.read(weights, count);
  };
};

interface Reader {
  readonly most: number;
  readonly read: (weights: ArrayLike<number>, count: number) => WholeWeights;
}

/** The integer that `value` is up to rounding; -1 if it is none. */
const wholeNumber = (value: number): number => {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) <= WHOLE_TOLERANCE * Math.max(1, nearest) ? nearest : -1;
};

/** The trimmed mean in kernel memory; plain loops on vectors that are elsewhere. */
export const simdTrimmedMean = (kernels: KernelExports, memory: Memory, arena: Arena, install: Install): ColumnMean => {
  const { holdsAll, list, at, scratch } = arena;
  const plain = trimmedMean();
  const read = weightsReader(memory);
  const parted = networkHolder(memory, install);
  const sorted = networkHolder(memory, install);
  return (vectors, weights, count, dimension, trimmedWeight, out) => {
    if (!holdsAll(vectors, count, out)) {
      plain(vectors, weights, count, dimension, trimmedWeight, out);
      return;
    }
    const single = out instanceof Float32Array;
    const precision = single ? 'float32' : 'float64';
    const { values, total, scale, exact, equal } = read(precision, weights, count);
    const shape = { count, dimension, precision } as const;
    const rows = list(vectors, count);
    const room = scratch(SCRATCH * (count + 1));
    const trim = equal ? wholeNumber(trimmedWeight / weights[0]!) : -1;
    if (trim >= 0) {
      const { address, length, code } = parted(shape, trim, count - trim);
      const kernel = single ? kernels.trimmedMean32 : kernels.trimmedMean64;
      kernel(rows, count, trim, address, length, code, dimension, at(out), room);
      return;
    }
    // Where weights were rounded, enough is trimmed for whatever is to go to be gone.
    const taken = exact ? trimmedWeight : trimmedWeight * scale + count / 2;
    const { address, length } = sorted(shape);
    const kernel = single ? kernels.weightedTrimmedMean32 : kernels.weightedTrimmedMean64;
    kernel(rows, at(values), count, total, taken, address, length, dimension, at(out), room);
  };
};

/** The mean around the median in kernel memory for equal weights; plain loops for others, and on vectors elsewhere. */
export const simdMeanAroundMedian = (
  kernels: KernelExports,
  memory: Memory,
  arena: Arena,
  install: Install,
): ColumnMean =>
  nearestMean(
    [kernels.meanAroundMedian32, kernels.meanAroundMedian64],
    { plain: meanAroundMedian(), least: 1 },
    { memory, arena, install },
  );

/** The mean around the trimmed mean, likewise. */
export const simdMeanAroundTrimmedMean = (
  kernels: KernelExports,
  memory: Memory,
  arena: Arena,
  install: Install,
): ColumnMean =>
  nearestMean(
    [kernels.meanAroundTrimmedMean32, kernels.meanAroundTrimmedMean64],
    { plain: meanAroundTrimmedMean(), least: 0 },
    { memory, arena, install },
  );

interface Surroundings {
  readonly memory: Memory;
  readonly arena: Arena;
  readonly install: Install;
}

/** A kernel, for float32 and for float64, that is told a whole number of vectors, `least` or more, where weights are equal. */
const nearestMean = (
  [kernel32, kernel64]: readonly [Kernel, Kernel],
  { plain, least }: { readonly plain: ColumnMean; readonly least: number },
  { memory, arena, install }: Surroundings,
): ColumnMean => {
  const { holdsAll, list, at, scratch } = arena;
  const sorted = networkHolder(memory, install);
  return (vectors, weights, count, dimension, weight, out) => {
    const number = areEqual(weights, count) ? wholeNumber(weight / weights[0]!) : -1;
    if (number < least || !holdsAll(vectors, count, out)) {
      plain(vectors, weights, count, dimension, weight, out);
      return;
    }
    const single = out instanceof Float32Array;
    const { address, length, code } = sorted({ count, dimension, precision: single ? 'float32' : 'float64' });
    const kernel = single ? kernel32 : kernel64;
    const room = scratch(SCRATCH * (count + 1));
    kernel(list(vectors, count), count, number, address, length, code, dimension, at(out), room);
  };
};

type Kernel = (...values: number[]) => number;

const areEqual = (weights: ArrayLike<number>, count: number): boolean => {
  for (let i = 1; i < count; i++) if (weights[i] !== weights[0]) return false;
  return true;
};
