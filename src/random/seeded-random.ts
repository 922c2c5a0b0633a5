import alea from 'seedrandom/lib/alea.js';
import { GeneratorStates } from './generator-states.js';
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
  return new Stream(String(seed).replaceAll('%', '%25').replaceAll('/', '%2F'), new GeneratorStates());
};

class Stream implements Random {
  readonly #path: string;
  readonly #states: GeneratorStates;
  /** Seeded at the first need: of a hundred thousand workers' streams, many are never drawn from. */
  #numbers: Float64Array | undefined = undefined;
  #offset = 0;

  constructor(path: string, states: GeneratorStates) {
    this.#path = path;
    this.#states = states;
  }

  /** Two steps of s0, s1, s2 ← s1, s2, the fraction of 2091639·s0 + 2⁻³²·c, where c is what was whole: 32 bits, and 21 more. */
  next(): number {
    const state = this.#numbers ?? this.#seeded();
    const at = this.#offset;
    const last = state[at + 2]!;
    const first = 2091639 * state[at]! + state[at + 3]! * 2 ** -32;
    const high = first - (first | 0);
    const second = 2091639 * state[at + 1]! + (first | 0) * 2 ** -32;
    const low = second - (second | 0);
    state[at] = last;
    state[at + 1] = high;
    state[at + 2] = low;
    state[at + 3] = second | 0;
    return high + ((low * 2 ** 21) | 0) * 2 ** -53;
  }

  fork(name: string): Random {
    return new Stream(`${this.#path}/${name}`, this.#states);
  }

  state(): RandomState {
    const state = this.#numbers ?? this.#seeded();
    const at = this.#offset;
    return { c: state[at + 3]!, s0: state[at]!, s1: state[at + 1]!, s2: state[at + 2]! };
  }

  restore(state: RandomState): void {
    if (this.#numbers) this.#write(this.#numbers, state);
    else this.#claim(state);
  }

  #seeded(): Float64Array {
    return this.#claim(alea(this.#path, { state: true }).state());
  }

  #claim(state: RandomState): Float64Array {
    this.#states.claim();
    const { numbers, offset } = this.#states;
    this.#numbers = numbers;
    this.#offset = offset;
    this.#write(numbers, state);
    return numbers;
  }

  #write(numbers: Float64Array, { c, s0, s1, s2 }: RandomState): void {
    numbers.set([s0, s1, s2, c], this.#offset);
  }
}
