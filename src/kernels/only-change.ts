import type { WeightedVectors } from './vector-kernels.js';

/** No vector has changed. */
export const NOTHING = -1;
/** Any vector may have changed. */
export const ANYTHING = -2;

/** Tells, of inputs with a version, the only vector that has changed since the last call. O(1). */
export class OnlyChange {
  #version = NaN;
  #count = 0;

  /** The place of the vector that has changed or been appended, `NOTHING`, or `ANYTHING`. */
  next({ version = NaN, latest = ANYTHING, count }: WeightedVectors): number {
    const steps = version - this.#version;
    const grown = count - this.#count;
    this.#version = version;
    this.#count = count;
    if (steps === 0 && grown === 0) return NOTHING;
    return steps === 1 && (grown === 0 || (grown === 1 && latest === count - 1)) ? latest : ANYTHING;
  }

  /** Makes the next call return `ANYTHING`. */
  forget(): void {
    this.#version = NaN;
  }
}
