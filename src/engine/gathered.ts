import type { Memory } from '../kernels/memory.js';
import type { Precision, Vector } from '../kernels/vector.js';
import type { Inbox } from './inbox.js';
import type { WholeMessages } from './part-rows.js';

/** Vectors of fewer numbers are copied one by one. */
const SHORT = 64;

/** What a protocol gathers for the aggregator. */
export interface Gathers {
  /** The most vectors at a time. */
  readonly rows: number;
  /** How many of them need memory of their own, since their workers go on before the server steps. */
  readonly copies: number;
  /** The place of a worker's messages, where it is always the same, and the place of their mean; the next empty one, unless given. */
  readonly place?: ((worker: number) => number) | undefined;
}

/**
 * Vectors that a protocol gathers until it has enough of them to step, messages, or means of several. Each weighs what its message weighs, or the mean of what its messages weigh.
 */
export class Gathered implements WholeMessages {
  count = 0;
  readonly vectors: Vector[];
  readonly weights: Float64Array;
  readonly changes: Float64Array;
  /** How many messages each place is the mean of; 0 where it is empty. */
  readonly numbers: Float64Array;
  /** Whose message was gathered last at each place. */
  readonly senders: Int32Array;
  /** Whether messages themselves are gathered, so that no worker's is there twice. */
  readonly lends: boolean;
  /** The place of each worker's messages, where it is always the same. */
  readonly places: Gathers['place'];
  readonly #inbox: Inbox;

  constructor(
    memory: Memory,
    precision: Precision,
    { rows, copies, place }: Gathers,
    readonly dimension: number,
    inbox: Inbox,
  ) {
    this.vectors = memory.matrix(precision, copies, dimension);
    this.weights = new Float64Array(rows);
    this.changes = new Float64Array(rows);
    this.numbers = new Float64Array(rows);
    this.senders = new Int32Array(rows);
    this.lends = copies < rows;
    this.places = place;
    this.#inbox = inbox;
  }

  /** The server's trusted vector, if there is one by now. */
  get trusted(): Vector | undefined {
    return this.#inbox.all.trusted;
  }

  /** Where a worker's next message is gathered. */
  placeOf(worker: number): number {
    return this.places?.(worker) ?? this.count;
  }

  /** Gathers a copy of a worker's latest message at its place, in the mean of those that are there. O(d). */
  add(worker: number): void {
    this.#average(this.placeOf(worker), worker);
  }

  /** Gathers a worker's latest message itself at the next place: the worker must not deliver another before the next `clear`. */
  lend(worker: number): void {
    const place = this.count++;
    this.vectors[place] = this.#inbox.held(worker);
    this.weights[place] = this.#inbox.weightOf(worker);
    this.numbers[place] = 1;
    this.senders[place] = worker;
    this.changes[place]! += 1;
  }

  /** Forgets them all. */
  clear(): void {
    this.count = 0;
    this.numbers.fill(0);
  }

  /** Adds a worker's latest message to the mean at a place. O(d). */
  #average(place: number, worker: number): void {
    const mean = this.vectors[place]!;
    const vector = this.#inbox.held(worker);
    const weight = this.#inbox.weightOf(worker);
    const number = (this.numbers[place]! += 1);
    this.changes[place]! += 1;
    this.senders[place] = worker;
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
}
