import type { Vector } from '../kernels/vector.js';
import { Inbox, type InboxShape } from './inbox.js';
import { inRows, ownVectors, type Messages } from './messages.js';
import type { WholeMessages } from './part-rows.js';
import type { WorkerColumn } from './worker-rows.js';

const nothing: WholeMessages = { count: 0, dimension: 0, vectors: [], weights: new Float64Array(0) };

/** Messages of fewer numbers are copied in less time than it takes to find where they are. */
const SHORT = 64;

const messagesOf = ({ immediate, precision, dimension, memory, rows }: InboxShape): Messages =>
  immediate && precision === 'float64' && dimension < SHORT
    ? inRows(memory, rows, dimension)
    : ownVectors(memory, precision, rows.workers, dimension);

/**
 * An inbox for a server that copies what it needs of a message while it serves it, and a run in which nobody else looks at
 * vectors: a worker's latest is where it was written, until its next one is.
 */
export class PassingInbox extends Inbox {
  readonly all = nothing;
  readonly honest = nothing;
  readonly #messages: Messages;
  readonly #weights: WorkerColumn;
  /** 1 for each worker whose latest message came while it was Byzantine. */
  readonly #lied: WorkerColumn;

  constructor(shape: InboxShape) {
    super(shape);
    this.#weights = shape.rows.column();
    this.#lied = shape.rows.column();
    this.#messages = messagesOf(shape);
  }

  override fetch(workers: Int32Array, count: number): number {
    return super.fetch(workers, count) + this.#messages.fetch(workers, count);
  }

  outgoing(worker: number): Vector {
    return this.#messages.outgoing(worker);
  }

  written(worker: number): void {
    this.#messages.written(worker);
  }

  arrived(worker: number): Vector {
    return this.#messages.arrived(worker);
  }

  held(worker: number): Vector {
    return this.#messages.latest(worker);
  }

  isHonest(worker: number): boolean {
    return this.#lied.of(worker) === 0 && this.countOf(worker) > 0;
  }

  weightOf(worker: number): number {
    return this.#weights.of(worker);
  }

  accept(worker: number, staleness: number): void {
    const count = this.count(worker);
    this.#weights.set(worker, this.weigh(count, staleness, worker + 1));
    const lies = this.byzantine[worker]!;
    if (lies === 1) this.byzantineWeight += this.#lied.of(worker) === 1 ? 1 : count;
    else if (this.#lied.of(worker) === 1) this.byzantineWeight -= count - 1;
    this.#lied.set(worker, lies);
  }

  /** @throws RangeError always: a message that was passed on is gone. */
  repeat(): never {
    throw new RangeError('a message that isn’t kept can’t be counted once more');
  }

  prepare(): void {
    // The latest message has been read.
  }

  withdraw(worker: number): boolean {
    if (!this.isHonest(worker)) return false;
    this.byzantineWeight += this.countOf(worker);
    this.#lied.set(worker, 1);
    return true;
  }

  restore(worker: number): void {
    this.byzantineWeight -= this.countOf(worker);
    this.#lied.set(worker, 0);
  }
}
