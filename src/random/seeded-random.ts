import alea from 'seedrandom/lib/alea.js';
import { nextDraw, readState, STATE_LENGTH, writeState } from './generator-states.js';
import type { Random, RandomState } from './random.js';

/**
 * The root of a run's streams of random numbers: Baagøe's Alea (2010), seeded by seedrandom, 53 bits a draw.
 * A stream is named by its path and by nothing else, so what one part of a run draws never moves another's draws;
 * names may be paths themselves: `fork('a/b')` is `fork('a').fork('b')`. The seeds 1 and '1' are the same.
 * RangeError for a seed that is not a finite number.
 */
export const seededRandom = (seed: number | string): Random => {
  if (typeof seed === 'number' && !Number.isFinite(seed)) {
    throw new RangeError(`A seed must be a finite number or a text, got ${seed}.`);
  }
  // A slash inside a seed must not look like a fork.
  return new Stream(String(seed).replaceAll('%', '%25').replaceAll('/', '%2F'));
};

class Stream implements Random {
  readonly #path: string;
  /** Seeded at the first need: of a hundred thousand workers' streams, many are never drawn from. */
  #generator: Float64Array | undefined = undefined;

  constructor(path: string) {
    this.#path = path;
  }

  next(): number {
    return nextDraw(this.#generator ?? this.#seeded(), 0);
  }

  fork(name: string): Random {
    return new Stream(`${this.#path}/${name}`);
  }

  state(): RandomState {
    return readState(this.#generator ?? this.#seeded(), 0);
  }

  restore(state: RandomState): void {
    this.#generator ??= new Float64Array(STATE_LENGTH);
    writeState(this.#generator, 0, state);
  }

  #seeded(): Float64Array {
    const generator = new Float64Array(STATE_LENGTH);
    writeState(generator, 0, alea(this.#path, { state: true }).state());
    return (this.#generator = generator);
  }
}
