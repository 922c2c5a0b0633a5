import type { Memory } from '../kernels/memory.js';
import type { Precision, ReadonlyVector, Vector } from '../kernels/vector.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import type { Inbox } from './inbox.js';

/** Vectors of fewer numbers are copied one by one. */
const SHORT = 64;

/** What a protocol gathers for the aggregator. */
export interface Gathers {
  /** The most vectors at a time. */
  readonly rows: number;
  /** How many of them need memory of their own, since their workers go on before the server steps. */
  readonly copies: number;
}

/**
 * Vectors that a protocol gathers until it has enough of them to step, messages, or means of several. Each weighs what its message weighs, or the mean of what its messages weigh.
 */
export class Gathered implements WeightedVectors {
  count = 0;
  readonly vectors: Vector[];
  readonly weights: Float64Array;
  readonly changes: Float64Array;
  /** How many messages each place is the mean of; 0 where it is empty. */
  readonly numbers: Float64Array;
  readonly #inbox: Inbox;

  constructor(
    memory: Memory,
    precision: Precision,
    { rows, copies }: Gathers,
    readonly dimension: number,
    inbox: Inbox,
  ) {
    this.vectors = memory.matrix(precision, copies, dimension);
    this.weights = new Float64Array(rows);
    this.changes = new Float64Array(rows);
    this.numbers = new Float64Array(rows);
    this.#inbox = inbox;
  }

  /** The server's trusted vector, if there is one by now. */
  get trusted(): ReadonlyVector | undefined {
    return this.#inbox.all.trusted;
  }

  /** Gathers a copy of a worker's latest message at the next place. O(d). */
  add(worker: number): void {
    this.average(this.count, worker);
  }

  /** Gathers a worker's latest message itself at the next place: the worker must not deliver another before the next `clear`. */
  lend(worker: number): void {
    const place = this.count++;
    this.vectors[place] = this.#inbox.held(worker);
    this.weights[place] = this.#inbox.weightOf(worker);
    this.numbers[place] = 1;
    this.changes[place]! += 1;
  }

  /** Adds a worker's latest message to the mean at a place. O(d). */
  average(place: number, worker: number): void {
    const mean = this.vectors[place]!;
    const vector = this.#inbox.held(worker);
    const weight = this.#inbox.weightOf(worker);
    const number = (this.numbers[place]! += 1);
    this.changes[place]! += 1;
    if (number === 1) {
      this.count += 1;
      // Shorter than a call where vectors are short.
      if (mean.length < SHORT) for (let k = 0; k < mean.length; k++) mean[k] = vector[k]!;
      else mean.set(vector);
      this.weights[place] = weight;
      return;
    }
    for (let k = 0; k < mean.length; k++) mean[k]! += (vector[k]! - mean[k]!) / number;
    this.weights[place]! += (weight - this.weights[place]!) / number;
  }

  /** Forgets them all. */
  clear(): void {
    this.count = 0;
    this.numbers.fill(0);
  }
}
