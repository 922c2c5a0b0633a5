import type { Vector } from '../kernels/vector.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import { Inbox, type InboxShape } from './inbox.js';

const nothing: WeightedVectors = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/**
 * An inbox for a server that copies what it needs of a message while it serves it, and a run in which nobody else looks at
 * vectors: a worker's latest is where it was written, until its next one is.
 */
export class PassingInbox extends Inbox {
  readonly all = nothing;
  readonly honest = nothing;
  readonly #weights: Float64Array;
  /** 1 for each worker whose latest message came while it was Byzantine. */
  readonly #lied: Uint8Array;

  constructor(shape: InboxShape) {
    super(shape);
    this.#weights = new Float64Array(shape.byzantine.length);
    this.#lied = new Uint8Array(shape.byzantine.length);
  }

  held(worker: number): Vector {
    return this.outgoing[worker]!;
  }

  weightOf(worker: number): number {
    return this.#weights[worker]!;
  }

  accept(worker: number, staleness: number): void {
    const count = this.count(worker);
    this.#weights[worker] = this.weigh(count, staleness, worker + 1);
    const lies = this.byzantine[worker]!;
    if (lies === 1) this.byzantineWeight += this.#lied[worker] === 1 ? 1 : count;
    else if (this.#lied[worker] === 1) this.byzantineWeight -= count - 1;
    this.#lied[worker] = lies;
  }

  /** @throws RangeError always: a message that was passed on is gone. */
  repeat(): never {
    throw new RangeError('a message that isn’t kept can’t be counted once more');
  }

  prepare(): void {
    // The latest message has been read.
  }

  withdraw(worker: number): boolean {
    if (this.#lied[worker] === 1 || this.counts[worker] === 0) return false;
    this.byzantineWeight += this.counts[worker]!;
    this.#lied[worker] = 1;
    return true;
  }

  restore(worker: number): void {
    this.byzantineWeight -= this.counts[worker]!;
    this.#lied[worker] = 0;
  }
}
