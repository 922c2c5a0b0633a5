import type { ReadonlyVector } from '../vector.js';

/** One coordinate of all vectors, with what they weigh. */
export interface Columns {
  readonly values: Float64Array;
  readonly shares: Float64Array;
  /** Room for `count` values at least. */
  claim(count: number): void;
  /** Takes coordinate `k` of the first `count` vectors: NaN as +∞, so that values have an order. O(m). */
  gather(vectors: readonly ReadonlyVector[], weights: ReadonlyVector, count: number, k: number): void;
}

/** Claims room for one coordinate of `count` vectors, more when more is asked for. */
export const columns = (count: number): Columns => {
  let values = new Float64Array(count);
  let shares = new Float64Array(count);
  return {
    get values() {
      return values;
    },
    get shares() {
      return shares;
    },
    claim(most) {
      if (most <= values.length) return;
      values = new Float64Array(most);
      shares = new Float64Array(most);
    },
    gather(vectors, weights, most, k) {
      for (let i = 0; i < most; i++) {
        const value = vectors[i]![k]!;
        values[i] = Number.isNaN(value) ? Infinity : value;
        shares[i] = weights[i]!;
      }
    },
  };
};

/** The sum of the first `count` weights, in order. */
export const totalOf = (weights: ReadonlyVector, count: number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i]!;
  return total;
};
