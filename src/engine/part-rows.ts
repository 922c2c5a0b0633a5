import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import type { WeightedVectors } from '../weighted/aggregator.js';

/** Where messages of several parts are cut: views of each part of each message, made once. */
export class Parts {
  readonly #views = new WeakMap<ReadonlyVector, readonly Vector[]>();

  constructor(
    readonly dimension: number,
    /** Vectors that a message has room for. */
    readonly count: number,
  ) {}

  /** A message's part of this number; the message itself where it has but one. */
  of(message: Vector, part: number): Vector {
    if (this.count === 1) return message;
    const known = this.#views.get(message);
    if (known) return known[part]!;
    const { dimension } = this;
    const views = Array.from({ length: this.count }, (_, i) => message.subarray(i * dimension, (i + 1) * dimension));
    this.#views.set(message, views);
    return views[part]!;
  }
}

/** Messages, with their weights, as a protocol or an inbox holds them. */
export interface WholeMessages extends WeightedVectors {
  readonly vectors: readonly Vector[];
  readonly trusted?: Vector | undefined;
}

/** One part of each of some messages, as rules read vectors: as they were at the last `read`. */
export class PartRows implements WeightedVectors {
  count = 0;
  readonly dimension: number;
  readonly vectors: Vector[] = [];
  readonly weights: Float64Array;
  trusted: Vector | undefined = undefined;
  deviation: number | undefined = undefined;

  constructor(
    readonly parts: Parts,
    readonly part: number,
    capacity: number,
  ) {
    this.dimension = parts.dimension;
    this.weights = new Float64Array(capacity);
  }

  /** Looks at these messages. O(m). */
  read({ count, vectors, weights, trusted }: WholeMessages, deviation?: number): this {
    this.count = count;
    for (let i = 0; i < count; i++) {
      this.vectors[i] = this.parts.of(vectors[i]!, this.part);
      this.weights[i] = weights[i]!;
    }
    this.trusted = trusted && this.parts.of(trusted, this.part);
    this.deviation = deviation;
    return this;
  }
}
