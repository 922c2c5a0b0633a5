import { bytesOf, type Precision, type Vector } from './vector.js';

/** Arrays begin at multiples of this, in bytes: a cache line. */
const ALIGNMENT = 64;

/**
 * Where a run's arrays live. Claims are made while the run is set up and never given back; arrays begin as zeros, at a
 * multiple of 64 bytes.
 */
export interface Memory {
  /** Bytes claimed so far. */
  readonly claimed: number;
  vector(precision: Precision, length: number): Vector;
  float32(length: number): Float32Array;
  float64(length: number): Float64Array;
  int32(length: number): Int32Array;
  uint32(length: number): Uint32Array;
  int8(length: number): Int8Array;
  /** `rows` vectors of `dimension` numbers. */
  matrix(precision: Precision, rows: number, dimension: number): Vector[];
}

const rounded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Rows of fewer bytes lie one right after the other: there padding would cost more than it brings. */
const SHORT = 1024;

const strideOf = (precision: Precision, dimension: number): number => {
  const bytes = dimension * bytesOf(precision);
  return bytes < SHORT ? bytes : rounded(bytes);
};

/** What `rows` vectors of `dimension` numbers take at most, in bytes. */
export const matrixBytes = (precision: Precision, rows: number, dimension: number): number =>
  rows * strideOf(precision, dimension) + ALIGNMENT;

/** The memory whose arrays `claim` hands out, by their length in bytes. */
const memoryOf = (claim: (bytes: number) => { readonly buffer: ArrayBuffer; readonly offset: number }): Memory => {
  let claimed = 0;
  const place = (bytes: number) => {
    claimed += rounded(bytes);
    return claim(rounded(bytes));
  };
  const float32 = (length: number): Float32Array => {
    const { buffer, offset } = place(4 * length);
    return new Float32Array(buffer, offset, length);
  };
  const float64 = (length: number): Float64Array => {
    const { buffer, offset } = place(8 * length);
    return new Float64Array(buffer, offset, length);
  };
  const vector = (precision: Precision, length: number): Vector =>
    precision === 'float32' ? float32(length) : float64(length);
  return {
    get claimed() {
      return claimed;
    },
    vector,
    float32,
    float64,
    int32(length) {
      const { buffer, offset } = place(4 * length);
      return new Int32Array(buffer, offset, length);
    },
    uint32(length) {
      const { buffer, offset } = place(4 * length);
      return new Uint32Array(buffer, offset, length);
    },
    int8(length) {
      const { buffer, offset } = place(length);
      return new Int8Array(buffer, offset, length);
    },
    matrix(precision, rows, dimension) {
      const stride = strideOf(precision, dimension);
      const all = vector(precision, (rows * stride) / bytesOf(precision));
      const step = stride / bytesOf(precision);
      return Array.from({ length: rows }, (_, i) => all.subarray(i * step, i * step + dimension));
    },
  };
};

/** Every array on its own, in the engine's own heap. */
export const heapMemory = (): Memory => memoryOf((bytes) => ({ buffer: new ArrayBuffer(bytes), offset: 0 }));

/** Arrays on one buffer, one after another from `start` on. Claiming more than the buffer holds throws a RangeError. */
export const linearMemory = (buffer: ArrayBuffer, start: number): Memory => {
  let next = rounded(start);
  return memoryOf((bytes) => {
    const offset = next;
    if (offset + bytes > buffer.byteLength)
      throw new RangeError(`the run claims more memory than the ${buffer.byteLength} bytes that were set aside for it`);
    next += bytes;
    return { buffer, offset };
  });
};
