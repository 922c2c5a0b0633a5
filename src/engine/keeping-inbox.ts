import type { Vector } from '../kernels/vector.js';
import { fetchNumbers, fetchVectors } from './fetched.js';
import { Inbox, type InboxShape } from './inbox.js';
import type { WholeMessages } from './part-rows.js';

/** A growing list of weighted vectors, as rules like to read it. */
class Rows implements WholeMessages {
  count = 0;
  readonly vectors: Vector[] = [];
  readonly weights: Float64Array;
  readonly changes: Float64Array;
  readonly previous: (Vector | undefined)[] = [];
  trusted: Vector | undefined = undefined;
  version = 0;
  latest = 0;

  constructor(
    capacity: number,
    readonly dimension: number,
  ) {
    this.weights = new Float64Array(capacity);
    this.changes = new Float64Array(capacity);
  }

  /** Appends a vector and returns its place. */
  add(vector: Vector): number {
    this.vectors[this.count] = vector;
    return this.count++;
  }

  /** Says that the vector at a place, or its weight, is another. */
  changed(place: number): void {
    this.version += 1;
    this.latest = place;
  }

  /** Takes a vector out; the last one has its place from now on. */
  remove(place: number): void {
    const last = --this.count;
    this.changed(place);
    this.vectors[place] = this.vectors[last]!;
    this.weights[place] = this.weights[last]!;
    this.changes[place] = this.changes[last]!;
  }
}

/**
 * An inbox that keeps of every worker that has arrived its latest vector. A worker's next message is written beside it
 * (`#outgoing`) and takes its place by exchange of two views, not by copying.
 */
export class KeepingInbox extends Inbox {
  readonly all: WholeMessages;
  readonly honest: WholeMessages;
  readonly #outgoing: Vector[];
  readonly #held: Vector[];
  readonly #all: Rows;
  readonly #honest: Rows;
  readonly #place: Int32Array;
  readonly #honestPlace: Int32Array;
  /** The worker at each place of the honest. */
  readonly #honestWorker: Int32Array;

  /** `mostHonest`: the most workers that can be honest at a time; `trusted`: the worker whose latest vector the server trusts. */
  constructor(
    shape: InboxShape,
    mostHonest: number,
    readonly trusted?: number,
  ) {
    super(shape);
    const { byzantine, precision, dimension, memory } = shape;
    const workers = byzantine.length;
    this.#outgoing = memory.matrix(precision, workers, dimension);
    this.#held = memory.matrix(precision, workers, dimension);
    this.#all = this.all = new Rows(workers, dimension);
    this.#honest = this.honest = new Rows(mostHonest, dimension);
    this.#place = new Int32Array(workers).fill(-1);
    this.#honestPlace = new Int32Array(workers).fill(-1);
    this.#honestWorker = new Int32Array(mostHonest);
  }

  override fetch(workers: Int32Array, count: number): number {
    return (
      super.fetch(workers, count) +
      fetchVectors(this.#outgoing, workers, count) +
      fetchVectors(this.#held, workers, count) +
      fetchNumbers(this.#place, workers, count) +
      fetchNumbers(this.#honestPlace, workers, count)
    );
  }

  outgoing(worker: number): Vector {
    return this.#outgoing[worker]!;
  }

  written(): void {
    // It stays where it is.
  }

  arrived(worker: number): Vector {
    return this.#outgoing[worker]!;
  }

  held(worker: number): Vector {
    return this.#held[worker]!;
  }

  isHonest(worker: number): boolean {
    return this.#honestPlace[worker] !== -1;
  }

  weightOf(worker: number): number {
    return this.#all.weights[this.#place[worker]!]!;
  }

  accept(worker: number, staleness: number): void {
    const vector = this.#outgoing[worker]!;
    this.#outgoing[worker] = this.#held[worker]!;
    this.#held[worker] = vector;
    const count = this.count(worker);
    if (this.#place[worker] === -1) this.#place[worker] = this.#all.add(vector);
    const place = this.#place[worker]!;
    // The message before this one is where the next one will be written.
    this.#all.previous[place] = count > 1 ? this.#outgoing[worker] : undefined;
    this.#all.vectors[place] = vector;
    this.#all.weights[place] = this.weigh(count, staleness, worker + 1);
    this.#all.changes[place]! += 1;
    this.#all.changed(place);
    if (worker === this.trusted) this.#all.trusted = vector;
    if (this.byzantine[worker] === 1) this.#acceptByzantine(worker, count);
    else this.#acceptHonest(worker, vector, count);
  }

  repeat(worker: number, staleness: number): void {
    const count = this.count(worker);
    const place = this.#place[worker]!;
    this.#all.weights[place] = this.weigh(count, staleness, worker + 1);
    this.#all.changed(place);
    const honestPlace = this.#honestPlace[worker]!;
    if (honestPlace === -1) {
      this.byzantineWeight += 1;
    } else {
      this.#honest.weights[honestPlace] = count;
      this.#honest.changed(honestPlace);
    }
  }

  prepare(worker: number): void {
    const place = this.#place[worker]!;
    if (place !== -1) this.#all.previous[place] = undefined;
  }

  withdraw(worker: number): boolean {
    if (this.#honestPlace[worker] === -1) return false;
    this.#leaveHonest(worker, this.countOf(worker));
    return true;
  }

  restore(worker: number): void {
    this.byzantineWeight -= 1;
    this.#acceptHonest(worker, this.#held[worker]!, this.countOf(worker));
  }

  #acceptByzantine(worker: number, count: number): void {
    if (this.#honestPlace[worker] === -1) this.byzantineWeight += 1;
    else this.#leaveHonest(worker, count);
  }

  /** A worker's message is no longer among the honest ones; its updates are so many. */
  #leaveHonest(worker: number, count: number): void {
    const place = this.#honestPlace[worker]!;
    this.byzantineWeight += count;
    this.#honest.remove(place);
    this.#honestPlace[worker] = -1;
    const moved = this.#honestWorker[this.#honest.count]!;
    this.#honestWorker[place] = moved;
    if (moved !== worker) this.#honestPlace[moved] = place;
  }

  #acceptHonest(worker: number, vector: Vector, count: number): void {
    if (this.#honestPlace[worker] === -1) {
      this.#honestPlace[worker] = this.#honest.add(vector);
      this.#honestWorker[this.#honestPlace[worker]] = worker;
      this.byzantineWeight -= count - 1;
    }
    const place = this.#honestPlace[worker]!;
    this.#honest.vectors[place] = vector;
    this.#honest.weights[place] = count;
    this.#honest.changes[place]! += 1;
    this.#honest.changed(place);
  }
}
