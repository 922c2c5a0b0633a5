import log1p from '@stdlib/math-base-special-log1p';
import { z } from 'zod';
import type { Random } from '../random/random.js';
import { everyOption, parseEvery, type Every } from '../registry/every.js';
import { definePart } from '../registry/part.js';
import type { Switching, Turn } from './switching.js';

export interface BernoulliOptions {
  /** Probability with which an honest worker turns Byzantine in a round, in (0, 1]. */
  readonly p: number;
  /** How long it stays so: a whole number of rounds, in the unit of `every`. */
  readonly duration: number | string;
  /** The most Byzantine workers at once: below 1 a share of all, rounded down; else their number. */
  readonly cap: number;
  /** Steps (`1 step`) or virtual time (`1s`) between two rounds. */
  readonly every?: number | string | undefined;
}

/** `duration` in rounds. @throws RangeError with one sentence. */
const roundsOf = (
  duration: number | string,
  every: number | string,
): { readonly span: Every; readonly rounds: number } => {
  const span = parseEvery(every);
  const whole = parseEvery(duration);
  if (span === undefined || whole === undefined)
    throw new RangeError('every and duration are steps or a time, such as "100 steps" or 5s');
  const rounds =
    'steps' in span
      ? 'steps' in whole
        ? whole.steps / span.steps
        : NaN
      : 'time' in whole
        ? whole.time / span.time
        : NaN;
  const nearest = Math.round(rounds);
  // Durations are decimals, so that 0.3s are three rounds of 0.1s but for rounding.
  if (!(Math.abs(rounds - nearest) <= 1e-9 * rounds))
    throw new RangeError(`the duration ${duration} is no whole number of rounds, which are ${every} each`);
  return { span, rounds: nearest };
};

/** The most Byzantine workers at once. @throws RangeError when that is nobody, or everybody. */
const capAmong = (cap: number, workers: number): number => {
  const most = cap < 1 ? Math.floor(cap * workers * (1 + 1e-12)) : cap;
  if (most >= workers)
    throw new RangeError(`the cap is ${most} of ${workers} workers; at least one worker must be honest`);
  if (most < 1) throw new RangeError(`the cap is ${cap} of ${workers} workers, which is nobody`);
  return most;
};

/** A run's rounds. Its state is plain: who is Byzantine, until when, and how many trials are left before the next success. */
class Rounds {
  readonly #byzantine: Uint8Array;
  /** Those who are Byzantine, in the order in which their time is over, from `#oldest` on. */
  readonly #queue: Int32Array;
  readonly #ends: Float64Array;
  #oldest = 0;
  #count = 0;
  #round = 0;
  /** Trials, one for each worker and round in order, before the next that succeeds. */
  #failures: number;
  readonly #trials: Random;
  readonly #choices: Random;

  constructor(
    readonly workers: number,
    random: Random,
    readonly p: number,
    readonly rounds: number,
    cap: number,
  ) {
    this.#byzantine = new Uint8Array(workers);
    this.#queue = new Int32Array(cap);
    this.#ends = new Float64Array(cap);
    this.#trials = random.fork('trials');
    this.#choices = random.fork('choices');
    this.#failures = this.#draw();
  }

  next(turn: Turn): void {
    this.#round += 1;
    this.#release(turn);
    const candidates = this.#candidates();
    const room = this.#queue.length - this.#count;
    // Where not all have room, the lowest ids must not be the likeliest.
    if (candidates.length > room) {
      for (let i = 0; i < room; i++) {
        const j = i + Math.floor(this.#choices.next() * (candidates.length - i));
        const drawn = candidates[j]!;
        candidates[j] = candidates[i]!;
        candidates[i] = drawn;
      }
      candidates.length = room;
      candidates.sort((a, b) => a - b);
    }
    for (const worker of candidates) {
      const place = (this.#oldest + this.#count++) % this.#queue.length;
      this.#queue[place] = worker;
      this.#ends[place] = this.#round + this.rounds;
      this.#byzantine[worker] = 1;
      turn(worker, true);
    }
  }

  /** Those whose time is over turn honest: they all turned in one round, in ascending order. */
  #release(turn: Turn): void {
    while (this.#count > 0 && this.#ends[this.#oldest]! <= this.#round) {
      const worker = this.#queue[this.#oldest]!;
      this.#oldest = (this.#oldest + 1) % this.#queue.length;
      this.#count -= 1;
      this.#byzantine[worker] = 0;
      turn(worker, false);
    }
  }

  /** The honest ones whose trial succeeds in this round. */
  #candidates(): number[] {
    const candidates: number[] = [];
    for (; this.#failures < this.workers; this.#failures += 1 + this.#draw())
      if (this.#byzantine[this.#failures] === 0) candidates.push(this.#failures);
    this.#failures -= this.workers;
    return candidates;
  }

  /** How many trials fail before one succeeds, by inversion of the geometric law. */
  #draw(): number {
    if (this.p === 1) return 0;
    const failures = Math.floor(log1p(-this.#trials.next()) / log1p(-this.p));
    return Math.min(failures, Number.MAX_SAFE_INTEGER);
  }
}

/**
 * In each round every honest worker turns Byzantine with probability p, for so long; who would be one too many stays honest.
 * All are honest at first. Bernoulli(p, D, δ_max) of Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024.
 * Without a cap that binds, a worker is Byzantine p·D/(p·D + 1 − p) of the time. O(1 + p·m) a round.
 * @throws RangeError when the duration is no whole number of rounds.
 */
export const bernoulli = ({ p, duration, cap, every = '1 step' }: BernoulliOptions): Switching => {
  const { span, rounds } = roundsOf(duration, every);
  return {
    every: span,
    first: (workers) => {
      capAmong(cap, workers);
      return [];
    },
    most: (workers) => capAmong(cap, workers),
    begin(workers, random) {
      const run = new Rounds(workers, random.fork('bernoulli'), p, rounds, capAmong(cap, workers));
      return (turn) => run.next(turn);
    },
  };
};

export const bernoulliPart = definePart({
  summary:
    'In each round every honest worker turns Byzantine with probability p, for a while; a cap bounds how many at once.',
  source:
    'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning: Adapting to Switching Byzantine Workers", ICML 2024, Bernoulli(p, D, δ_max)',
  parameters: z.strictObject({
    p: z
      .number()
      .gt(0)
      .max(1)
      .describe('probability with which an honest worker turns Byzantine in a round, in (0, 1]'),
    duration: everyOption('how long it stays so, a whole number of rounds'),
    cap: z
      .union([z.number().gt(0).lt(1), z.int().min(1)])
      .describe('the most Byzantine workers at once: below 1 a share of all, rounded down; else their number'),
    every: everyOption('a round').default('1 step'),
  }),
  create: bernoulli,
});
