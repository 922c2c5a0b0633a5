import type { Host } from '../../src/scheduler/host.js';

/** A host whose clock moves when it is read, and when nothing else is to be done. */
export class FakeHost implements Host {
  time = 1000;
  /** Host milliseconds that pass between two looks at the clock. */
  readonly #tick: number;
  /** How late timers are. */
  readonly #lateness: number;
  waits: number[] = [];
  #waiting: { readonly callback: () => void; readonly at: number }[] = [];

  constructor(tick = 0, lateness = 0) {
    this.#tick = tick;
    this.#lateness = lateness;
  }
  now(): number {
    this.time += this.#tick;
    return this.time;
  }
  defer(callback: () => void, milliseconds: number): () => void {
    const entry = { callback, at: this.time + milliseconds + this.#lateness };
    this.#waiting.push(entry);
    this.waits.push(milliseconds);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    };
  }
  get idle(): boolean {
    return this.#waiting.length === 0;
  }
  /** Runs the next deferred callback. */
  turn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.time = Math.max(this.time, next.at);
    next.callback();
  }
  /** Runs until nobody waits. */
  settle(): void {
    for (let turns = 0; !this.idle; turns++) {
      if (turns > 100_000) throw new Error('The pace never ends.');
      this.turn();
    }
  }
}
