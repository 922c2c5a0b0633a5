import { nextDraw, readState, STATE_LENGTH, writeState } from './generator-states.js';
import type { Random, RandomState } from './random.js';

/** Where generators' states are: the i-th one's at place + i·stride. */
export interface States {
  readonly numbers: Float64Array;
  readonly stride: number;
  readonly place: number;
}

/**
 * Streams of as many workers below one root, to be drawn from one at a time: their generators' states side by side, instead of an
 * object for each all over the heap. A stream is seeded when it is first drawn from.
 */
export class StreamTable {
  readonly #beginning: (i: number) => Random;
  readonly #states: () => States;
  #lent: Lent | undefined;

  /**
   * `nameOf(i)` names the i-th of `count` streams. Their states are kept in `states`, which is asked for when the first is drawn
   * from; in memory of their own, unless given.
   */
  constructor(
    root: Random,
    count: number,
    nameOf: (i: number) => string,
    states: () => States = () => ({ numbers: new Float64Array(STATE_LENGTH * count), stride: STATE_LENGTH, place: 0 }),
  ) {
    this.#states = states;
    this.#beginning = (i) => root.fork(nameOf(i));
  }

  /** Reads the states of the first `count` of `streams`, so that they are at hand; returns a number that hangs on them. */
  fetch(streams: Int32Array, count: number): number {
    return this.#lent?.fetch(streams, count) ?? 0;
  }

  /** The i-th stream, as far as it has been drawn from here; lent until the next call. */
  at(i: number): Random {
    const lent = (this.#lent ??= new Lent(this.#states(), this.#beginning));
    lent.turn(i);
    return lent;
  }
}

/** The stream whose state is at a place of a table. */
class Lent implements Random {
  readonly #numbers: Float64Array;
  readonly #stride: number;
  readonly #place: number;
  /** The stream, and where its state is. */
  #i = 0;
  #at = 0;

  constructor(
    { numbers, stride, place }: States,
    /** The i-th stream of the table, from its beginning. */
    readonly beginning: (i: number) => Random,
  ) {
    this.#numbers = numbers;
    this.#stride = stride;
    this.#place = place;
  }

  turn(i: number): void {
    this.#i = i;
    this.#at = this.#place + i * this.#stride;
  }

  fetch(streams: Int32Array, count: number): number {
    const numbers = this.#numbers;
    const stride = this.#stride;
    let read = 0;
    for (let k = 0; k < count; k++) read += numbers[this.#place + streams[k]! * stride]!;
    return read;
  }

  next(): number {
    if (!this.#isSeeded()) this.#seed();
    return nextDraw(this.#numbers, this.#at);
  }

  fork(name: string): Random {
    return this.beginning(this.#i).fork(name);
  }

  state(): RandomState {
    if (!this.#isSeeded()) this.#seed();
    return readState(this.#numbers, this.#at);
  }

  restore(state: RandomState): void {
    writeState(this.#numbers, this.#at, state);
  }

  /** A generator with nothing but zeros would stay there for ever, and none gets there. */
  #isSeeded(): boolean {
    const states = this.#numbers;
    const at = this.#at;
    return states[at] !== 0 || states[at + 1] !== 0 || states[at + 2] !== 0 || states[at + 3] !== 0;
  }

  #seed(): void {
    writeState(this.#numbers, this.#at, this.beginning(this.#i).state());
  }
}
