import { Subject, type Observable } from 'rxjs';
import type { During } from '../network/index.js';
import type { Fleet } from '../scheduler/fleet.js';
import type { SimulationTime } from '../scheduler/time.js';
import type { Carrier } from './carrier.js';
import type { DropReason, Phase } from './event.js';
import { at, phases } from './journey-phase.js';
import { namesOf } from './names.js';
import type { Retry } from './retry.js';
import { Sendings } from './sendings.js';
import type { Round, Transport, TransportContext } from './transport.js';

/**
 * Who holds a worker's message back that has reached the server (workers numbered from 0): for so many virtual milliseconds,
 * 0 if not at all; Infinity until `Journeys.admit`, or for ever.
 */
export type Hold = (worker: number) => SimulationTime;

/**
 * A transport whose rounds have phases, each an event of its own: carriers may delay, drop or copy what is under way, what is lost
 * may be sent again, workers may go away and come back, work can be given up, and messages held back. All state is plain: the phase,
 * and when it is due, of every worker.
 */
export class Journeys implements Transport {
  readonly #arrivals = new Subject<number>();
  readonly #fleet: Fleet;
  /** Where each worker's round is. */
  readonly #phase: Int8Array;
  /** When the phase ends; while it waits for the worker, or at the server, when it began to. */
  readonly #due: Float64Array;
  /** What was left of the phase when it was paused; Infinity when it hasn't begun, or is held back; NaN while it is under way. */
  readonly #left: Float64Array;
  readonly #spans: Float64Array;
  readonly #away: Uint8Array;
  /** Whether a worker has lost its work, and asks for a model when it is back. */
  readonly #bereft: Uint8Array;
  readonly #doors: readonly Carrier[];
  readonly #sendings: Sendings;

  constructor(
    readonly context: TransportContext,
    carriers: readonly Carrier[],
    /** What is lost is sent again after these waits; never, unless given. */
    readonly retry: Retry = [],
    /** Holds messages back, after all else that is in their way. */
    readonly hold?: Hold,
  ) {
    const { workers } = context;
    this.#fleet = context.clock.fleet(workers, (worker) => this.#end(worker), context.soon);
    this.#phase = new Int8Array(workers).fill(at.idle);
    this.#due = new Float64Array(workers);
    this.#left = new Float64Array(workers).fill(NaN);
    this.#spans = new Float64Array(3 * workers);
    this.#away = new Uint8Array(workers);
    this.#bereft = new Uint8Array(workers);
    this.#sendings = new Sendings(context, carriers, retry);
    this.#doors = carriers.filter((carrier) => carrier.arriving !== undefined);
  }

  get arrivals(): Observable<number> {
    return this.#arrivals;
  }

  dispatch(worker: number, { download, compute, upload }: Round): void {
    this.#spans[3 * worker] = download;
    this.#spans[3 * worker + 1] = compute;
    this.#spans[3 * worker + 2] = upload;
    this.#sendings.begin(worker);
    this.#enter(worker, at.download);
  }

  waiting(): string | undefined {
    const silent = Array.from(this.#phase.keys()).filter((worker) => this.#phase[worker] === at.silent);
    return silent.length === 0
      ? undefined
      : `${namesOf(silent)} and the server wait for each other, since what was sent between them was lost and nothing sends it again`;
  }

  /** The phase that a worker's round is in; undefined when none is under way. */
  phaseOf(worker: number): Phase | undefined {
    return phases[this.#phase[worker]!];
  }

  /** Whether a worker is away now. */
  isAway(worker: number): boolean {
    return this.#away[worker] === 1;
  }

  /** Whether a worker's round, or its asking for a new one, waits until the worker is back. */
  waits(worker: number): boolean {
    const phase = this.#phase[worker]!;
    return this.#bereft[worker] === 1 || (phase <= at.compute && !Number.isNaN(this.#left[worker]!));
  }

  /** Whether a worker's message is held back at the server until it is admitted. */
  isHeld(worker: number): boolean {
    return this.#phase[worker] === at.held && this.#left[worker] === Infinity;
  }

  /**
   * A worker goes away, until `comeBack`. Models for it wait where they are: those not yet sent at the server, those under way
   * at the worker. What it computes is paused, lost, or finished; its message, if it is under way, arrives. Whoever is about to ask
   * for a model does so when it is back.
   */
  leave(worker: number, during: During): void {
    if (this.#away[worker] === 1) return;
    this.#away[worker] = 1;
    if (this.#phase[worker] !== at.compute) return;
    if (during === 'pause') {
      this.#left[worker] = this.#due[worker]! - this.context.clock.now();
      this.#fleet.cancel(worker);
    } else if (during === 'lose') {
      this.abandon(worker, 'offline');
      this.#bereft[worker] = 1;
    }
  }

  /** A worker is back: what was paused goes on, what waited begins, and it asks for a model if it has lost its work. */
  comeBack(worker: number): void {
    if (this.#away[worker] === 0) return;
    this.#away[worker] = 0;
    const left = this.#left[worker]!;
    const phase = this.#phase[worker]!;
    if (this.#bereft[worker] === 1) {
      this.#bereft[worker] = 0;
      this.context.freed(worker);
    } else if (phase <= at.compute && !Number.isNaN(left)) {
      const now = this.context.clock.now();
      const began = left < Infinity;
      const span = began ? now + left - this.#due[worker]! : now - this.#due[worker]!;
      this.#left[worker] = NaN;
      if (span > 0) this.context.delayed(worker, phases[phase]!, span, 'offline');
      if (began) this.#schedule(worker, left);
      else this.#enter(worker, phase);
    }
  }

  /** Lets a message in that is held back, in so many virtual milliseconds. */
  admit(worker: number, span: SimulationTime): void {
    if (!this.isHeld(worker)) return;
    this.#left[worker] = NaN;
    const delay = this.context.clock.now() - this.#due[worker]! + span;
    if (delay > 0) this.context.delayed(worker, 'upload', delay, 'held');
    this.#schedule(worker, span);
  }

  /** Ends the run with an error, from what acts on its rounds. */
  fail(error: unknown): void {
    this.#arrivals.error(error);
  }

  /** Gives a worker's round up: nothing of it will arrive, and it doesn't ask for a model by itself. */
  abandon(worker: number, reason: DropReason): void {
    this.recall(worker, reason);
  }

  /** A round that is lost already, of which the worker is about to ask for a model, or never would, is over without a word. */
  recall(worker: number, reason: DropReason): boolean {
    if (this.#phase[worker] === at.idle) return false;
    const underWay = this.phaseOf(worker) !== undefined;
    this.#fleet.cancel(worker);
    this.#phase[worker] = at.idle;
    this.#left[worker] = NaN;
    if (underWay) this.context.lost(worker, reason);
    return true;
  }

  /** A phase begins, or begins anew: as soon as the worker is back, but for its message's way. */
  #enter(worker: number, phase: number): void {
    this.#phase[worker] = phase;
    if (phase <= at.compute && this.#away[worker] === 1) {
      this.#left[worker] = Infinity;
      this.#due[worker] = this.context.clock.now();
    } else if (phase === at.compute) this.#schedule(worker, this.#spans[3 * worker + phase]!);
    else this.#leave(worker, phase);
  }

  /** A model or a message leaves. */
  #leave(worker: number, phase: number): void {
    const name = phase === at.download ? 'download' : 'upload';
    const sent = this.#sendings.leave(worker, name, this.#spans[3 * worker + phase]!);
    if ('lost' in sent) this.#lose(worker, name, sent.lost);
    else this.#schedule(worker, sent.span);
  }

  /** What just left is lost: it is sent again if it may be; else the worker asks for a model after the last wait, if there are any. */
  #lose(worker: number, name: 'download' | 'upload', reason: DropReason): void {
    const wait = this.#sendings.wait(worker, reason);
    if (wait?.again) {
      this.#phase[worker] = name === 'download' ? at.downloadAgain : at.uploadAgain;
      this.context.delayed(worker, name, wait.span, 'retry');
    } else {
      this.#phase[worker] = wait === undefined ? at.silent : at.asking;
      this.context.lost(worker, reason);
    }
    if (wait !== undefined) this.#schedule(worker, wait.span);
  }

  #end(worker: number): void {
    const phase = this.#phase[worker]!;
    if (phase === at.download || phase === at.compute) {
      this.#sendings.begin(worker);
      this.#enter(worker, phase + 1);
    } else if (phase === at.downloadAgain) this.#enter(worker, at.download);
    else if (phase === at.uploadAgain) this.#enter(worker, at.upload);
    else if (phase === at.asking) this.#ask(worker);
    else if (phase === at.held || !((phase === at.upload && this.#queue(worker)) || this.#keep(worker)))
      this.#arrive(worker);
  }

  #ask(worker: number): void {
    this.#phase[worker] = at.idle;
    if (this.#away[worker] === 1) this.#bereft[worker] = 1;
    else this.context.freed(worker);
  }

  /** Whether a message that has come as far as the server's door must wait there. */
  #queue(worker: number): boolean {
    let span = 0;
    for (const door of this.#doors) span += door.arriving!(worker);
    if (span === 0) return false;
    this.#phase[worker] = at.door;
    this.context.delayed(worker, 'upload', span, 'link');
    this.#schedule(worker, span);
    return true;
  }

  /** Whether a message that is at the server is held back. */
  #keep(worker: number): boolean {
    const span = this.hold?.(worker) ?? 0;
    if (span === 0) return false;
    this.#phase[worker] = at.held;
    this.#due[worker] = this.context.clock.now();
    this.#left[worker] = Infinity;
    if (span < Infinity) this.admit(worker, span);
    return true;
  }

  #arrive(worker: number): void {
    this.#phase[worker] = at.idle;
    this.#sendings.arrive(worker);
    this.#arrivals.next(worker);
  }

  #schedule(worker: number, span: SimulationTime): void {
    this.#due[worker] = this.context.clock.now() + span;
    this.#fleet.schedule(worker, span);
  }
}
