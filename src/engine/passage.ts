import type { SimulationTime } from '../scheduler/time.js';
import type { Carrier, Verdict } from './carrier.js';
import type { DelayCause, DropReason } from './event.js';

/** What carriers make of a model or a message that leaves: asked in order, until one drops it. Reused. */
export class Passage {
  /** How long it is under way. */
  span: SimulationTime = 0;
  /** Why it is lost; undefined where it isn't. */
  dropped: DropReason | undefined;
  /** How long after it each of its copies comes. */
  readonly copies: SimulationTime[] = [];
  /** What made it later. */
  readonly delays: { readonly delay: SimulationTime; readonly cause: DelayCause }[] = [];

  /** How long carriers before have held it. */
  #held: SimulationTime = 0;

  constructor(readonly carriers: readonly Carrier[]) {}

  /** Asks about what leaves to or from a worker (from 0) and would be under way for `span`. */
  ask(worker: number, name: 'download' | 'upload', span: SimulationTime): void {
    this.#begin(span);
    for (const carrier of this.carriers)
      if (this.#isLost(carrier.verdict?.(worker, name, this.span, this.#held) ?? null)) return;
  }

  /** Asks about what one worker sends another, where these are each other's servers. */
  askBetween(from: number, to: number, span: SimulationTime): void {
    this.#begin(span);
    for (const carrier of this.carriers) {
      if (carrier.between) {
        if (this.#isLost(carrier.between(from, to, this.span, this.#held))) return;
      } else {
        if (this.#isLost(carrier.verdict?.(from, 'upload', this.span, this.#held) ?? null)) return;
        if (this.#isLost(carrier.verdict?.(to, 'download', this.span, this.#held) ?? null)) return;
      }
    }
  }

  #begin(span: SimulationTime): void {
    this.span = span;
    this.dropped = undefined;
    this.copies.length = 0;
    this.delays.length = 0;
    this.#held = 0;
  }

  /** Notes what a carrier says; true if that is the end of it. */
  #isLost(verdict: Verdict): boolean {
    if (verdict === null) return false;
    if ('drop' in verdict) {
      this.dropped = verdict.drop;
      return true;
    }
    if ('copy' in verdict) this.copies.push(verdict.copy);
    else if ('hold' in verdict) {
      this.#held += verdict.hold;
      this.#delay(verdict.hold, 'held');
    } else if (verdict.delay > 0) this.#delay(verdict.delay, verdict.cause);
    return false;
  }

  #delay(delay: SimulationTime, cause: DelayCause): void {
    this.delays.push({ delay, cause });
    this.span += delay;
  }
}
