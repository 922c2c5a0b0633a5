import type { WeightedVectors } from '../../src/kernels/vector-kernels.js';

/** Vectors that tell their changes, as a server's do; weights begin as 1. */
export interface Telling extends WeightedVectors {
  count: number;
  readonly vectors: Float64Array[];
  readonly weights: Float64Array;
  version: number;
  latest: number;
  /** Puts a vector in a place, or appends it. */
  change(place: number, vector: readonly number[], weight: number): void;
}

/** `count` vectors whose numbers are given; there is room for `most`. */
export const telling = (
  count: number,
  dimension: number,
  number: (i: number, k: number) => number,
  most = count,
): Telling => {
  const previous: (Float64Array | undefined)[] = [];
  return {
    count,
    dimension,
    vectors: Array.from({ length: count }, (_, i) => Float64Array.from({ length: dimension }, (_, k) => number(i, k))),
    weights: new Float64Array(most).fill(1),
    previous,
    version: count,
    latest: count - 1,
    change(place, vector, weight) {
      previous[place] = this.vectors[place];
      this.vectors[place] = Float64Array.from(vector);
      this.weights[place] = weight;
      this.count = Math.max(this.count, place + 1);
      this.version += 1;
      this.latest = place;
    },
  };
};
