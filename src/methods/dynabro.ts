import ln from '@stdlib/math-base-special-ln';
import { z } from 'zod';
import type { Vector } from '../kernels/vector.js';
import type { FormulaOption } from '../registry/formula.js';
import { OptionError } from '../registry/option-error.js';
import { definePart } from '../registry/part.js';
import { gradientDescent } from './gradient-descent.js';
import { lrOption, radiusOption, stepOption, type StepSize } from './options.js';
import type { RoundContext, RoundMessages, RoundMethod, RoundRun, Tripped } from './round-method.js';

/** The options of `dynabro`. */
export interface DynaBroOptions {
  /** Learning rate η > 0: a number, or a function of the server step t = 1, 2, …; texts are for scenario files only. */
  readonly lr: FormulaOption;
  /** Whether the step's length is that of AdaGrad-Norm, the default, or η_t itself. */
  readonly step?: StepSize | undefined;
  /** Radius of the ball K around the origin that models are projected on, > 0; without it, K is everything. */
  readonly radius?: number | undefined;
  /** T, the number of rounds that levels and thresholds are made for; the run's steps, unless given. */
  readonly horizon?: number | undefined;
  /** J_max, the highest level that is used; ⌊log2 T⌋, unless given. */
  readonly levels?: number | undefined;
  /** Whether a level's estimate that strays too far from the one below is left out, the default. */
  readonly filter?: 'fail-safe' | 'none' | undefined;
  /** V > 0: how far a minibatch's gradient is from the gradient at most. The filter needs it, and rules that follow it. */
  readonly noise?: number | undefined;
  /** c_E > 0 of the filter's threshold; unless given, 7 under the median-filtered mean, else 1 + √κ of the rule. */
  readonly constant?: number | undefined;
}

/** The highest level whose 2^J samples a number can count. */
const MOST_LEVELS = 30;

/** With the median-filtered mean, an estimate is within 7 radii of the gradient: within 7R, if every honest mean is within R. */
const FILTERED = 7;

/** The places of the levels in a message: level 0, level J, and level J − 1 unless that is level 0 as well. */
const [FIRST, UPPER, LOWER] = [0, 1, 2];

/** C = √(8 ln(16·m²·T)): with it, all honest means of all rounds are within C·V/√(2^j) of the gradient but with a small probability. */
export const deviationFactor = (workers: number, horizon: number): number =>
  Math.sqrt(8 * ln(16 * workers * workers * horizon));

/** ⌊log2 T⌋. */
export const highestLevel = (horizon: number): number => Math.min(MOST_LEVELS, 31 - Math.clz32(horizon));

/** What a run's options come to. */
interface Settings {
  readonly levels: number;
  /** C·V: how far an honest mean of one minibatch is from the gradient at most; undefined where V isn't known. */
  readonly deviation: number | undefined;
  /** The filter's threshold at level 0, which shrinks by √2 from level to level. */
  readonly threshold: number;
}

const constantOf = ({ constant }: DynaBroOptions, { robustness, followed }: RoundContext): number => {
  if (constant !== undefined) return constant;
  if (followed) return FILTERED;
  if (robustness !== undefined) return 1 + Math.sqrt(robustness);
  throw new OptionError(
    'constant',
    'nobody knows a κ of this aggregator for this share of Byzantine workers, so c_E must be given, or the filter be none',
  );
};

const settingsOf = (options: DynaBroOptions, context: RoundContext): Settings => {
  const { noise, filter = 'fail-safe' } = options;
  const horizon = options.horizon ?? context.steps;
  if (horizon === undefined && (options.levels === undefined || noise !== undefined))
    throw new OptionError('horizon', 'the run doesn’t end by steps, so T, the number of rounds, must be given');
  const levels = options.levels ?? highestLevel(horizon!);
  const deviation = noise === undefined ? undefined : deviationFactor(context.workers, horizon!) * noise;
  if (deviation === undefined && context.followed)
    throw new OptionError('noise', 'the aggregator’s threshold follows V, which must be given');
  if (filter === 'none') return { levels, deviation, threshold: Infinity };
  if (deviation === undefined)
    throw new OptionError('noise', 'the fail-safe filter needs V, how far a minibatch’s gradient is from the gradient at most; or the filter is none');
  return { levels, deviation, threshold: (1 + Math.SQRT2) * constantOf(options, context) * deviation };
};

/** Writes the mean of `count` vectors, given their sum. O(d). */
const mean = (out: Vector, sum: Vector, count: number): void => {
  for (let k = 0; k < out.length; k++) out[k] = sum[k]! / count;
};

/** One run of the method. */
class Levels implements RoundRun {
  readonly state;
  readonly lr;
  parts = 1;
  /** J of the round that is on; 0 where the one drawn is higher than J_max. */
  #level = 0;
  readonly #settings: Settings;
  readonly #update;
  readonly #batch;
  readonly #gradient: Vector;
  readonly #sum: Vector;
  readonly #upper: Vector;
  readonly #lower: Vector;

  constructor(
    options: DynaBroOptions,
    readonly context: RoundContext,
  ) {
    const { dimension, precision, kernels, model, samples } = context;
    this.#settings = settingsOf(options, context);
    const { lr, radius, step = 'adagrad-norm' } = options;
    this.#update = gradientDescent(lr, radius, step)(model, precision, kernels);
    this.lr = this.#update.lr;
    this.state = this.#update.state;
    this.#batch = samples.batch();
    const vector = (): Vector => kernels.memory.vector(precision, dimension);
    [this.#gradient, this.#sum, this.#upper, this.#lower] = [vector(), vector(), vector(), vector()];
  }

  begin() {
    const { random } = this.context;
    let level = 1;
    while (random.next() >= 0.5) level += 1;
    this.#level = level <= this.#settings.levels ? level : 0;
    this.parts = Math.min(this.#level, 2) + 1;
    return {};
  }

  gradients(): number {
    return 1 << this.#level;
  }

  write(worker: number, out: Vector, seen: Vector | null): number {
    const { samples, model, dimension, kernels } = this.context;
    const { addScaled } = kernels.vectors;
    const part = (number: number): Vector => out.subarray(number * dimension, (number + 1) * dimension);
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

  combine(messages: RoundMessages, out: Vector): Tripped | undefined {
    const level = this.#level;
    const { addScaled, squaredDistance } = this.context.kernels.vectors;
    this.#estimate(messages, FIRST, 0, out);
    if (level === 0) return undefined;
    const upper = this.#upper;
    const lower = this.#lower;
    this.#estimate(messages, UPPER, level, upper);
    if (level > 1) this.#estimate(messages, LOWER, level - 1, lower);
    else lower.set(out);
    const distance = Math.sqrt(squaredDistance(upper, lower, out.length));
    const samples = 1 << level;
    const threshold = this.#settings.threshold / Math.sqrt(samples);
    if (!(distance <= threshold)) return { level, distance, threshold };
    addScaled(out, samples, upper);
    addScaled(out, -samples, lower);
    return undefined;
  }

  step(t: number, aggregate: Vector, params: Vector): void {
    this.#update.step(t, aggregate, params);
  }

  /** ĝ^j from the messages' part of a number. */
  #estimate(messages: RoundMessages, part: number, level: number, out: Vector): void {
    const { deviation } = this.#settings;
    const at = deviation === undefined ? undefined : deviation / Math.sqrt(1 << level);
    messages.aggregate(part)(messages.part(part, at), out);
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
  parts: 3,
  tellsDeviation: true,
  newest: 1,
  rounds: (context) => new Levels(options, context),
});

export const dynaBroPart = definePart({
  summary: 'DynaBRO: multi-level Monte Carlo gradients of robust aggregates behind a fail-safe filter; remembers nothing.',
  source: 'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024.',
  precondition: 'A protocol in rounds (synchronous); the filter needs noise, a bound on how far minibatch gradients stray.',
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
