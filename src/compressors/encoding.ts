import { bytesOf, type Precision, type ReadonlyVector } from '../kernels/vector.js';

/** Bits of a number of a vector. */
export const numberBits = (precision: Precision): number => 8 * bytesOf(precision);

/** ⌈log₂ d⌉: bits that tell which of d coordinates is meant. */
export const indexBits = (dimension: number): number => 32 - Math.clz32(dimension - 1);

/** A number as a vector of that precision holds it. */
export const roundingTo = (precision: Precision): ((value: number) => number) =>
  precision === 'float32' ? Math.fround : (value) => value;

/** The largest |x_k|; NaN or Infinity where a number isn't finite. */
export const largest = (vector: ReadonlyVector): number => {
  let most = 0;
  for (let i = 0; i < vector.length; i++) {
    const size = Math.abs(vector[i]!);
    // Once NaN, it stays so.
    if (!(size <= most)) most = size === size ? Math.max(most, size) : NaN;
  }
  return most;
};
