import type { Memory } from '../kernels/memory.js';
import type { Precision, Vector } from '../kernels/vector.js';
import { fetchNumbers, type Fetched } from './fetched.js';
import type { WholeMessages } from './part-rows.js';
import type { WeightRule } from './plan.js';
import type { WorkerColumn, WorkerRows } from './worker-rows.js';

/** What an inbox is made for. */
export interface InboxShape {
  /** 1 for each worker that is Byzantine now, 0 for each honest one. */
  readonly byzantine: Readonly<Uint8Array>;
  readonly weight: WeightRule;
  readonly precision: Precision;
  readonly dimension: number;
  readonly memory: Memory;
  /** Where numbers of each worker are kept. */
  readonly rows: WorkerRows;
  /** Whether messages are written one after another, each before the next worker's is asked for. */
  readonly immediate: boolean;
}

/** What the server holds of its workers' messages, how many each sent, and with which weight. Workers are numbered from 0. */
export abstract class Inbox implements Fetched {
  /** All workers that have arrived, with the weights that the aggregator sees; none where latest vectors aren't kept. */
  abstract readonly all: WholeMessages;
  /**
   * Those among them whose latest message came from a worker that was honest then, weighted by their workers' numbers of updates.
   */
  abstract readonly honest: WholeMessages;
  /** Updates of the workers whose latest message came while they were Byzantine: the weight that isn't in `honest`. */
  byzantineWeight = 0;
  /** Messages received. */
  messages = 0;
  /** 1 for each worker that is Byzantine now, 0 for each honest one. */
  readonly byzantine: Readonly<Uint8Array>;
  protected readonly weigh: WeightRule;
  readonly #counts: WorkerColumn;

  constructor({ byzantine, weight, rows }: InboxShape) {
    this.byzantine = byzantine;
    this.weigh = weight;
    this.#counts = rows.column();
  }

  /** Number of messages received from a worker. */
  countOf(worker: number): number {
    return this.#counts.of(worker);
  }

  fetch(workers: Int32Array, count: number): number {
    return fetchNumbers(this.byzantine, workers, count);
  }

  /** Where a worker's next message is written. */
  abstract outgoing(worker: number): Vector;

  /** A worker's next message has been written, as far as it is by now. */
  abstract written(worker: number): void;

  /** A worker's message as it arrives. */
  abstract arrived(worker: number): Vector;

  /** The latest vector received from a worker. */
  abstract held(worker: number): Vector;

  /** Whether the latest vector received from a worker came while it was honest; false where none was, or it is withdrawn. */
  abstract isHonest(worker: number): boolean;

  /** The weight of the latest vector received from a worker. */
  abstract weightOf(worker: number): number;

  /** Takes the worker's outgoing message, which is stale by so many steps, as its latest. */
  abstract accept(worker: number, staleness: number): void;

  /** Counts the worker's latest message, which is stale by so many steps by now, once more. */
  abstract repeat(worker: number, staleness: number): void;

  /** Says that the worker's next message is about to be written. */
  abstract prepare(worker: number): void;

  /**
   * A Byzantine worker's next message is about to be written with knowledge of the honest ones: the one in whose place it is to
   * be is not among them any more. Returns whether it was.
   */
  abstract withdraw(worker: number): boolean;

  /** The worker's next message doesn't count: the one that was withdrawn stays, and is honest. */
  abstract restore(worker: number): void;

  /** Counts a message and returns how many its worker has sent. */
  protected count(worker: number): number {
    this.messages += 1;
    const count = this.#counts.of(worker) + 1;
    this.#counts.set(worker, count);
    return count;
  }
}
