import type { SimulationTime } from '../scheduler/time.js';
import type { Carrier } from './carrier.js';
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

  constructor(readonly carriers: readonly Carrier[]) {}

  /** Asks about what leaves to or from a worker (from 0) and would be under way for `span`. */
  ask(worker: number, name: 'download' | 'upload', span: SimulationTime): void {
    this.span = span;
    this.dropped = undefined;
    this.copies.length = 0;
    this.delays.length = 0;
    let held = 0;
    for (const carrier of this.carriers) {
      const verdict = carrier.verdict?.(worker, name, this.span, held) ?? null;
      if (verdict === null) continue;
      if ('drop' in verdict) {
        this.dropped = verdict.drop;
        return;
      }
      if ('copy' in verdict) {
        this.copies.push(verdict.copy);
      } else if ('hold' in verdict) {
        held += verdict.hold;
        this.#delay(verdict.hold, 'held');
      } else if (verdict.delay > 0) {
        this.#delay(verdict.delay, verdict.cause);
      }
    }
  }

  #delay(delay: SimulationTime, cause: DelayCause): void {
    this.delays.push({ delay, cause });
    this.span += delay;
  }
}
