import { z } from 'zod';
import type { Vector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import { dynaBroSettings, MOST_LEVELS, type DynaBroOptions, type DynaBroSettings } from './dynabro-settings.js';
import { gradientDescent } from './gradient-descent.js';
import { lrOption, radiusOption, stepOption } from './options.js';
import { denseBits } from './round-compression.js';
import type { RoundContext, RoundMessages, RoundMethod, RoundRun, Tripped } from './round-method.js';

export type { DynaBroOptions };

/** The places of the levels in a message: level 0, level J, and level J − 1 unless that is level 0 as well. */
const [FIRST, UPPER, LOWER] = [0, 1, 2];
const PARTS = 3;

/** Writes the mean of `count` vectors, given their sum. O(d). */
const mean = (out: Vector, sum: Vector, count: number): void => {
  for (let k = 0; k < out.length; k++) out[k] = sum[k]! / count;
};

/** One run of the method. */
class Levels implements RoundRun {
  readonly state;
  readonly lr;
  /** J of the round that is on; 0 where the one drawn is higher than J_max. Of one number. */
  readonly #levels = new Float64Array(1);
  readonly knownBits: boolean;
  readonly #settings: DynaBroSettings;
  readonly #update;
  readonly #batch;
  /** The size of each worker's latest message, in bits, where it isn't known before; its vectors' size where it is. */
  readonly #sizes: Float64Array;
  readonly #every: number | undefined;
  readonly #gradient: Vector;
  readonly #sum: Vector;
  readonly #upper: Vector;
  readonly #lower: Vector;

  constructor(
    options: DynaBroOptions,
    readonly context: RoundContext,
  ) {
    const { dimension, precision, kernels, model, samples } = context;
    this.#settings = dynaBroSettings(options, context);
    this.#every = context.compression ? context.compression.rule.bits(dimension, precision) : denseBits(context);
    this.knownBits = this.#every !== undefined;
    this.#sizes = new Float64Array(context.workers);
    const { lr, radius, step = 'adagrad-norm' } = options;
    this.#update = gradientDescent(lr, radius, step)(model, precision, kernels);
    this.lr = this.#update.lr;
    this.state = { ...this.#update.state, level: this.#levels, sizes: this.#sizes };
    this.#batch = samples.batch();
    const vector = (): Vector => kernels.memory.vector(precision, dimension);
    [this.#gradient, this.#sum, this.#upper, this.#lower] = [vector(), vector(), vector(), vector()];
  }

  begin() {
    const { random } = this.context;
    let level = 1;
    while (random.next() >= 0.5) level += 1;
    this.#levels[0] = level <= this.#settings.levels ? level : 0;
    return {};
  }

  get parts(): number {
    return Math.min(this.#level, 2) + 1;
  }

  get #level(): number {
    return this.#levels[0]!;
  }

  gradients(): number {
    return 1 << this.#level;
  }

  bits(worker: number): number {
    return this.#every === undefined ? this.#sizes[worker]! : this.parts * this.#every;
  }

  write(worker: number, out: Vector, seen: Vector | null): number {
    const { samples, model, kernels } = this.context;
    const { addScaled } = kernels.vectors;
    const part = (number: number): Vector => this.#partOf(out, number);
    const first = part(FIRST);
    samples.draw(worker, this.#batch);
    const loss = samples.gradient(model, this.#batch, first, seen);
    if (this.#level === 0) return loss;
    const all = this.gradients();
    const sum = this.#sum;
    sum.set(first);
    for (let taken = 1; taken < all; taken++) {
      // The lower level's mean is that of the first half.
      if (taken > 1 && taken === all / 2) mean(part(LOWER), sum, taken);
      samples.draw(worker, this.#batch);
      samples.gradient(model, this.#batch, this.#gradient);
      addScaled(sum, 1, this.#gradient);
    }
    mean(part(UPPER), sum, all);
    return loss;
  }

  pack(worker: number, out: Vector): void {
    const { compression } = this.context;
    if (compression) {
      const { compressor, randomOf } = compression;
      let bits = 0;
      for (let number = 0; number < this.parts; number++)
        bits += compressor.compress(worker, this.#partOf(out, number), randomOf(worker));
      this.#sizes[worker] = bits;
    }
    // To those who look at a later round's levels in it, this message says of them what its only gradient says, not what an older did.
    for (let number = this.parts; number < PARTS; number++) this.#partOf(out, number).set(this.#partOf(out, FIRST));
  }

  combine(messages: RoundMessages, out: Vector): Tripped | undefined {
    const level = this.#level;
    const { addScaled, squaredDistance } = this.context.kernels.vectors;
    this.#estimate(messages, FIRST, out);
    if (level === 0) return undefined;
    const upper = this.#upper;
    const lower = this.#lower;
    this.#estimate(messages, UPPER, upper);
    if (level > 1) this.#estimate(messages, LOWER, lower);
    else lower.set(out);
    const distance = Math.sqrt(squaredDistance(upper, lower, out.length));
    const samples = 1 << level;
    const { threshold: most } = this.#settings;
    if (most !== undefined) {
      const threshold = most / Math.sqrt(samples);
      // What isn't a number is no distance that passes.
      if (!(distance <= threshold)) return { level, distance, threshold };
    }
    addScaled(out, samples, upper);
    addScaled(out, -samples, lower);
    return undefined;
  }

  step(t: number, aggregate: Vector, params: Vector): void {
    this.#update.step(t, aggregate, params);
  }

  #partOf(message: Vector, number: number): Vector {
    const { dimension } = this.context;
    return message.subarray(number * dimension, (number + 1) * dimension);
  }

  /** C·V/√(2^j) of the part's level j. */
  deviation(part: number): number | undefined {
    const { deviation } = this.#settings;
    const level = part === FIRST ? 0 : this.#level - Number(part === LOWER);
    return deviation === undefined ? undefined : deviation / Math.sqrt(1 << level);
  }

  /** ĝ^j from the messages' part of a number. */
  #estimate(messages: RoundMessages, part: number, out: Vector): void {
    messages.aggregate(part)(messages.part(part, this.deviation(part)), out);
  }
}

/**
 * DynaBRO: a multi-level Monte Carlo gradient of robust aggregates, which remembers nothing from round to round, so that those who turn
 * Byzantine and back leave nothing behind. Each round draws J with P(J = j) = 2^{−j}, j = 1, 2, …. If J ≤ J_max, every worker takes
 * 2^J minibatch gradients at x_t and sends three means of them: of the first (level 0), of the first half (J − 1), of all (J); else
 * one gradient. With ĝ^j the rule's aggregate of level j, the server takes
 *   g_t = ĝ^0 + 2^J·(ĝ^J − ĝ^{J−1})   if J ≤ J_max and the fail-safe filter ‖ĝ^J − ĝ^{J−1}‖ ≤ (1 + √2)·c_E·C·V/√(2^J) lets it pass,
 *   g_t = ĝ^0                          otherwise,
 * and steps x_{t+1} = Π_K(x_t − s_t·g_t), by default with AdaGrad-Norm's s_t. Without the filter E g_t = E ĝ^{J_max}; if
 * E‖ĝ^j − ∇f‖² ≤ c²/2^j, E‖g_t − ∇f‖² ≤ 14·c²·log2 T. A round costs J_max + 2^{−J_max} minibatch gradients a worker in the mean, and
 * lasts as long as the slowest worker's 2^J.
 * Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning: Adapting to Switching Byzantine Workers", ICML 2024: option 1 is any
 * robust rule, option 2 the rule `mfm` with `threshold: method`, 𝒯^j = 2·C·V/√(2^j). C = √(8·ln(16·m²·T)) is theirs as far as we know;
 * c_E has a proof here: where every honest mean is within R_j = C·V/√(2^j) of ∇f, a (f, κ)-robust rule is within
 * (1 + √κ)·R_j of it, so that c_E = 1 + √κ rejects no such round, and the median-filtered mean within 7·R_j, so that c_E = 7
 * doesn't either; 1 + √2 is R_J + R_{J−1} in R_J.
 * Keeps four vectors and the messages' three for each worker.
 * @throws OptionError from a run's start where T, V or c_E is needed and neither given nor known; RangeError where the starting
 * point is outside of K.
 */
export const dynaBro = (options: DynaBroOptions): RoundMethod => ({
  parts: PARTS,
  tellsDeviation: true,
  newest: 1,
  rounds: (context) => new Levels(options, context),
});

export const dynaBroPart = definePart({
  summary:
    'DynaBRO: multi-level Monte Carlo gradients of robust aggregates behind a fail-safe filter; remembers nothing.',
  source: 'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024.',
  precondition:
    'A protocol in rounds (synchronous); the filter needs noise, a bound on how far minibatch gradients stray.',
  aliases: ['mlmc'],
  parameters: z.strictObject({
    lr: lrOption(),
    step: stepOption('adagrad-norm'),
    radius: radiusOption(),
    horizon: z
      .int()
      .min(1)
      .max(1e9)
      .optional()
      .describe('T, the rounds that levels and thresholds are made for; the run’s steps unless given'),
    levels: z
      .int()
      .min(1)
      .max(MOST_LEVELS)
      .optional()
      .describe('J_max, the highest level that is used; floor(log2 T) unless given'),
    filter: z
      .enum(['fail-safe', 'none'])
      .default('fail-safe')
      .describe('whether a level’s estimate that strays too far from the one below is left out'),
    noise: z
      .number()
      .positive()
      .optional()
      .describe('V, how far a minibatch’s gradient is from the gradient at most, > 0; the filter needs it'),
    constant: z
      .number()
      .positive()
      .optional()
      .describe('c_E of the filter’s threshold, > 0; 7 under mfm with threshold: method, else 1 + √κ, unless given'),
  }),
  create: dynaBro,
});
