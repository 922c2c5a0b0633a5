import { nextDraw, readState, STATE_LENGTH, writeState } from './generator-states.js';
import type { Random, RandomState } from './random.js';

/**
 * Streams of as many workers below one root, to be drawn from one at a time: their generators' states side by side, instead of an
 * object for each all over the heap. A stream is seeded when it is first drawn from.
 */
export class StreamTable {
  readonly #count: number;
  readonly #beginning: (i: number) => Random;
  #lent: Lent | undefined;

  /** `nameOf(i)` names the i-th of `count` streams. */
  constructor(root: Random, count: number, nameOf: (i: number) => string) {
    this.#count = count;
    this.#beginning = (i) => root.fork(nameOf(i));
  }

  /** The i-th stream, as far as it has been drawn from here; lent until the next call. */
  at(i: number): Random {
    const lent = (this.#lent ??= new Lent(new Float64Array(STATE_LENGTH * this.#count), this.#beginning));
    lent.at = STATE_LENGTH * i;
    return lent;
  }
}

/** The stream whose state is at a place of a table. */
class Lent implements Random {
  at = 0;

  constructor(
    readonly states: Float64Array,
    /** The i-th stream of the table, from its beginning. */
    readonly beginning: (i: number) => Random,
  ) {}

  next(): number {
    if (!this.#isSeeded()) this.#seed();
    return nextDraw(this.states, this.at);
  }

  fork(name: string): Random {
    return this.beginning(this.at / STATE_LENGTH).fork(name);
  }

  state(): RandomState {
    if (!this.#isSeeded()) this.#seed();
    return readState(this.states, this.at);
  }

  restore(state: RandomState): void {
    writeState(this.states, this.at, state);
  }

  /** A generator with nothing but zeros would stay there for ever, and none gets there. */
  #isSeeded(): boolean {
    const { states, at } = this;
    return states[at] !== 0 || states[at + 1] !== 0 || states[at + 2] !== 0 || states[at + 3] !== 0;
  }

  #seed(): void {
    writeState(this.states, this.at, this.beginning(this.at / STATE_LENGTH).state());
  }
}
