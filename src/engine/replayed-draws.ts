import type { Random, RandomState } from '../random/random.js';
import type { Draws } from '../weighted/aggregator.js';

/** Streams below one root, by their names, that can be drawn from once more: so that several trials see the same draws. */
export class ReplayedDraws {
  readonly #streams: Random[] = [];
  readonly #states: RandomState[] = [];

  constructor(readonly root: Random) {}

  /** The stream of this name, from its beginning. */
  stream(name: string): Draws {
    const stream = this.root.fork(name);
    this.#streams.push(stream);
    this.#states.push(stream.state());
    return stream;
  }

  /** Goes on: what has been drawn isn't drawn again. */
  advance(): void {
    for (let i = 0; i < this.#streams.length; i++) this.#states[i] = this.#streams[i]!.state();
  }

  /** Draws again what has been drawn since the last `advance`. */
  replay(): void {
    for (let i = 0; i < this.#streams.length; i++) this.#streams[i]!.restore(this.#states[i]!);
  }
}
