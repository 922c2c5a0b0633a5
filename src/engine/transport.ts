import { Subject, type Observable, type Subscription } from 'rxjs';
import type { Precision } from '../kernels/vector.js';
import type { Random } from '../random/random.js';
import type { SimulationTime } from '../scheduler/time.js';
import type { VirtualTimeScheduler } from '../scheduler/virtual-time-scheduler.js';
import type { DelayCause, DropReason, Phase } from './event.js';

/** The spans of one round of a worker, in virtual milliseconds, as they were drawn when the model left the server. */
export interface Round {
  readonly download: SimulationTime;
  readonly compute: SimulationTime;
  readonly upload: SimulationTime;
}

/** Carries models to workers, and their messages to the server, in virtual time. Workers are numbered from 0. */
export interface Transport {
  /** The workers whose messages reach the server, each at the instant when it does. */
  readonly arrivals: Observable<number>;
  /** A model leaves for the worker now; its message arrives when its round is over. */
  dispatch(worker: number, round: Round): void;
  /** Calls off what is under way to or from a worker and says that it is lost; false where nothing is. */
  recall(worker: number, reason: DropReason): boolean;
  /** How long a worker takes for work that was drawn to take `span`; as long, unless told. Asked once a round, as the model leaves. */
  work?(worker: number, span: SimulationTime): SimulationTime;
  /** Begins what goes on beside rounds, such as workers' coming and going; called before the first dispatch. */
  start?(): Subscription;
  /** Number of actions on the clock that are about workers' coming and going, not about rounds; 0, unless told. */
  readonly background?: number;
  /** Whether a round waits for what such an action may bring. */
  hopeful?(): boolean;
  /** Whether a worker is away now; nobody is, unless told. */
  isAway?(worker: number): boolean;
  /** Who waits for what in vain, to be told when nothing is left to happen: "worker 3 waits for …". */
  waiting?(): string | undefined;
}

/** What a transport works with, and whom it tells. */
export interface TransportContext {
  readonly clock: VirtualTimeScheduler;
  readonly workers: number;
  /** Whether a worker is Byzantine now. */
  readonly byzantine: (worker: number) => boolean;
  /** The scenario's seed. */
  readonly random: Random;
  /** Numbers in a model and in a message, and bytes of a number. */
  readonly dimension: number;
  readonly precision: Precision;
  /** Bytes of a worker's message that is under way; without it all have the usual size. */
  readonly bytesOf?: (worker: number) => number;
  /** A worker's message leaves now: whether fragments of it will be lost, where it goes by datagrams. */
  readonly incomplete?: (worker: number) => boolean;
  /** A phase of a worker's round takes longer than was said, by `span` virtual milliseconds. */
  readonly delayed: (worker: number, phase: Phase, span: SimulationTime, cause: DelayCause) => void;
  /** Nothing will come of a worker's round. */
  readonly lost: (worker: number, reason: DropReason) => void;
  /** A worker whose round was lost asks for a model again: in an event of its own, never while a model is being sent. */
  readonly freed: (worker: number) => void;
  /** A copy of a worker's message, which arrives now, will arrive `span` virtual milliseconds later. Told before the arrival. */
  readonly copied: (worker: number, span: SimulationTime) => void;
  /** Some workers' turns come soon: what is kept of them may be fetched, see `Fetched`. */
  readonly soon: (workers: Int32Array, count: number) => void;
  /** A worker comes or goes. */
  readonly available: (worker: number, available: boolean) => void;
  /** A worker has come back, and whatever it had under way goes on: never told while a model is being sent. */
  readonly returned: (worker: number) => void;
}

/** Makes the transport of a run. */
export type TransportRule = (context: TransportContext) => Transport;

/** Nothing is in a round's way: it takes the sum of its spans. One event a round. */
export const directTransport: TransportRule = ({ clock, workers, lost, soon }) => {
  const arrivals = new Subject<number>();
  const fleet = clock.fleet(workers, (worker) => arrivals.next(worker), soon);
  return {
    arrivals,
    dispatch: (worker, { download, compute, upload }) => fleet.schedule(worker, download + compute + upload),
    recall(worker, reason) {
      if (!fleet.cancel(worker)) return false;
      lost(worker, reason);
      return true;
    },
  };
};
