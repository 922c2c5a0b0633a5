import type { Vector } from '../../kernels/vector.js';
import type { WeightedVectors } from '../../weighted/aggregator.js';

/** Vectors of one weight each, as rules read them. */
export class Rows implements WeightedVectors {
  count = 0;
  trusted: Vector | undefined = undefined;
  readonly vectors: Vector[] = [];
  readonly weights: Float64Array;

  constructor(
    readonly dimension: number,
    capacity: number,
  ) {
    this.weights = new Float64Array(capacity).fill(1);
  }

  add(vector: Vector): void {
    this.vectors[this.count++] = vector;
  }

  clear(): this {
    this.count = 0;
    this.trusted = undefined;
    return this;
  }
}
