import type { Memory } from '../kernels/memory.js';
import type { Precision, Vector } from '../kernels/vector.js';
import type { WeightRule } from './plan.js';
import type { WeightedVectors } from '../weighted/aggregator.js';

/** What an inbox is made for. */
export interface InboxShape {
  /** 1 for each worker that is Byzantine now, 0 for each honest one. */
  readonly byzantine: Readonly<Uint8Array>;
  readonly weight: WeightRule;
  readonly precision: Precision;
  readonly dimension: number;
  readonly memory: Memory;
}

/** What the server holds of its workers' messages, how many each sent, and with which weight. Workers are numbered from 0. */
export abstract class Inbox {
  /** All workers that have arrived, with the weights that the aggregator sees; none where latest vectors aren't kept. */
  abstract readonly all: WeightedVectors;
  /**
   * Those among them whose latest message came from a worker that was honest then, weighted by their workers' numbers of updates.
   */
  abstract readonly honest: WeightedVectors;
  /** Messages received from each worker. */
  readonly counts: Float64Array;
  /** Updates of the workers whose latest message came while they were Byzantine: the weight that isn't in `honest`. */
  byzantineWeight = 0;
  /** Messages received. */
  messages = 0;
  /** Where each worker's next message is written. */
  readonly outgoing: Vector[];
  /** 1 for each worker that is Byzantine now, 0 for each honest one. */
  readonly byzantine: Readonly<Uint8Array>;
  protected readonly weigh: WeightRule;

  constructor({ byzantine, weight, precision, dimension, memory }: InboxShape) {
    this.byzantine = byzantine;
    this.weigh = weight;
    this.outgoing = memory.matrix(precision, byzantine.length, dimension);
    this.counts = new Float64Array(byzantine.length);
  }

  /** The latest vector received from a worker. */
  abstract held(worker: number): Vector;

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
    return (this.counts[worker]! += 1);
  }
}
