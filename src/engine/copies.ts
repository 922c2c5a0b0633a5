import { Subject, type SchedulerLike } from 'rxjs';
import type { SimulationTime } from '../scheduler/time.js';

/** A copy under way: the message's worker, from 0, its version and its number among that worker's rounds. */
interface Copy {
  readonly worker: number;
  readonly version: number;
  readonly round: number;
  /** Its size in bytes; undefined for the usual. */
  readonly bytes: number | undefined;
}

/**
 * Copies of messages that reach the server again. It knows one when it sees it, and drops it; or it counts the message once more,
 * as long as it is the latest of its worker's. All state is plain: the latest message of every worker.
 */
export class Copies {
  /** The workers whose latest messages are to be counted once more. */
  readonly arrivals = new Subject<number>();
  /** The worker whose message is being counted once more; −1 at all other times. */
  serving = -1;
  /** That message's size in bytes; undefined for the usual. */
  servedBytes: number | undefined;
  /** Version and loss of the latest message received from each worker. */
  readonly versions: Float64Array;
  readonly losses: Float64Array;
  /** Rounds of each worker so far, and which of them its latest message is from. */
  readonly #rounds: Float64Array;
  readonly #latest: Float64Array;

  constructor(
    readonly clock: SchedulerLike,
    workers: number,
    /** What is done with a copy. */
    readonly policy: 'drop' | 'count',
    /** A copy is dropped. */
    readonly dropped: (worker: number, version: number, bytes: number | undefined) => void,
  ) {
    this.versions = new Float64Array(workers);
    this.losses = new Float64Array(workers);
    this.#rounds = new Float64Array(workers);
    this.#latest = new Float64Array(workers);
  }

  /** A worker's next round begins. */
  assigned(worker: number): void {
    this.#rounds[worker]! += 1;
  }

  /** The message of a worker's round is received. */
  received(worker: number, version: number, loss: number): void {
    this.versions[worker] = version;
    this.losses[worker] = loss;
    this.#latest[worker] = this.#rounds[worker]!;
  }

  /** A copy of the message that arrives now, of this version and so many bytes, will arrive as well. */
  expect(worker: number, version: number, bytes: number | undefined, span: SimulationTime): void {
    const copy: Copy = { worker, version, round: this.#rounds[worker]!, bytes };
    this.clock.schedule((state) => this.#arrive(state), span, copy);
  }

  #arrive({ worker, version, round, bytes }: Copy): void {
    if (this.policy === 'drop' || this.#latest[worker] !== round) {
      this.dropped(worker, version, bytes);
      return;
    }
    this.serving = worker;
    this.servedBytes = bytes;
    this.arrivals.next(worker);
    this.serving = -1;
  }
}
