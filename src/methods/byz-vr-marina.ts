import { z } from 'zod';
import { largest } from '../compressors/encoding.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import type { Batch } from '../learning/objective.js';
import { definePart } from '../registry/part.js';
import { gradientDescent } from './gradient-descent.js';
import { marinaSettings, type ByzVrMarinaOptions, type MarinaSettings } from './marina-settings.js';
import { lrOption, radiusOption } from './options.js';
import { denseBits } from './round-compression.js';
import type { Call, RoundContext, RoundMessages, RoundMethod, RoundRun } from './round-method.js';

export type { ByzVrMarinaOptions };

const scale = (vector: Vector, by: number): void => {
  for (let k = 0; k < vector.length; k++) vector[k] = vector[k]! * by;
};

/** One run of the method. */
class Marina implements RoundRun {
  readonly parts = 1;
  readonly knownBits: boolean;
  readonly state;
  readonly lr;
  readonly #settings: MarinaSettings;
  readonly #update;
  readonly #batch: Batch;
  /** x^k, the model before the one that workers are sent. */
  readonly #previous: Vector;
  /** g^k, what the server stepped along last. */
  readonly #estimate: Vector;
  readonly #gradient: Vector;
  /** λ_{k+1}, to which differences are clipped; of one number. */
  readonly #radius = new Float64Array(1);
  /** 1 in a round of full gradients; of one number. */
  readonly #full = new Float64Array(1);
  /** The full gradient that was taken last in this round, and of which rows. */
  readonly #whole: Vector;
  /** The size of every difference, in bits; undefined where it hangs on the message. */
  readonly #every: number | undefined;
  /** The size of each worker's latest message, in bits. */
  readonly #sizes: Float64Array;
  #wholeOf: Batch | undefined;
  #wholeLoss = NaN;

  constructor(
    readonly options: ByzVrMarinaOptions,
    readonly context: RoundContext,
  ) {
    const { dimension, precision, kernels, model, samples } = context;
    this.#batch = samples.batch();
    this.#every = context.compression ? context.compression.rule.bits(dimension, precision) : denseBits(context);
    this.knownBits = this.#every !== undefined;
    this.#sizes = new Float64Array(context.workers);
    this.#settings = marinaSettings(options, context, this.#batch.rows.length);
    this.#update = gradientDescent(options.lr, options.radius)(model, precision, kernels);
    this.lr = this.#update.lr;
    const vector = (): Vector => kernels.memory.vector(precision, dimension);
    [this.#previous, this.#estimate, this.#gradient, this.#whole] = [vector(), vector(), vector(), vector()];
    this.state = {
      ...this.#update.state,
      ...{ previous: this.#previous, estimate: this.#estimate, radius: this.#radius, full: this.#full },
      ...{ ...context.compression?.compressor.state, sizes: this.#sizes },
    };
  }

  begin(t: number): Call {
    const { sample, fullSample, probability } = this.#settings;
    // Drawn for the first round too, so that the others' draws don't hang on what it is.
    const full = this.context.random.next() < probability || t === 1;
    this.#full[0] = Number(full);
    this.#wholeOf = undefined;
    return { participants: full ? fullSample : sample };
  }

  gradients(worker: number): number {
    if (this.#full[0] === 0) return 2;
    const rows = this.options.fullBatch ?? this.context.samples.rowsOf(worker);
    return Math.max(1, Math.ceil(rows / Math.max(1, this.#batch.rows.length)));
  }

  bits(worker: number): number {
    if (this.#every === undefined) return this.#sizes[worker]!;
    return this.#full[0] === 1 ? denseBits(this.context) : this.#every;
  }

  write(worker: number, out: Vector, seen: Vector | null): number {
    if (this.#full[0] === 0) return this.#writeDifference(worker, out, seen);
    return this.options.fullBatch === undefined
      ? this.#writeWhole(worker, out, seen)
      : this.#writeMany(worker, out, seen);
  }

  pack(worker: number, out: Vector): void {
    const compression = this.#full[0] === 1 ? undefined : this.context.compression;
    this.#sizes[worker] = compression
      ? compression.compressor.compress(worker, out, compression.randomOf(worker))
      : denseBits(this.context);
    if (this.#full[0] === 0) this.#clip(out);
  }

  combine(messages: RoundMessages, out: Vector): undefined {
    const rows = messages.part(0);
    const estimate = this.#estimate;
    if (this.#full[0] === 1) messages.aggregate(0)(rows, out);
    else {
      for (let i = 0; i < messages.count; i++) this.#clip(messages.vectors[i]!);
      if (this.options.average) this.#mean(rows, out);
      else messages.aggregate(0)(rows, out);
      for (let k = 0; k < out.length; k++) out[k]! += estimate[k]!;
    }
    estimate.set(out);
  }

  step(t: number, aggregate: ReadonlyVector, params: Vector): void {
    const previous = this.#previous;
    previous.set(params);
    this.#update.step(t, aggregate, params);
    const moved = Math.sqrt(this.context.kernels.vectors.squaredDistance(params, previous, params.length));
    this.#radius[0] = this.#settings.clip === Infinity ? Infinity : this.#settings.clip * moved;
  }

  /** Δ̂_i: the difference of the gradients at both models, on one minibatch. */
  #writeDifference(worker: number, out: Vector, seen: Vector | null): number {
    const { samples, model, kernels } = this.context;
    samples.draw(worker, this.#batch);
    const loss = samples.gradient(model, this.#batch, out, seen);
    samples.gradient(this.#previous, this.#batch, this.#gradient);
    kernels.vectors.addScaled(out, -1, this.#gradient);
    return loss;
  }

  /** ∇f_i; taken once for all whose rows are the same. */
  #writeWhole(worker: number, out: Vector, seen: Vector | null): number {
    const { samples, model } = this.context;
    const rows = samples.whole(worker)!;
    if (rows !== this.#wholeOf) {
      this.#wholeLoss = samples.gradient(model, rows, this.#whole, seen);
      this.#wholeOf = rows;
    }
    out.set(this.#whole);
    return this.#wholeLoss;
  }

  /** The mean of as many minibatch gradients as b′ rows are. */
  #writeMany(worker: number, out: Vector, seen: Vector | null): number {
    const { samples, model, kernels } = this.context;
    const count = this.gradients(worker);
    samples.draw(worker, this.#batch);
    const loss = samples.gradient(model, this.#batch, out, seen);
    for (let taken = 1; taken < count; taken++) {
      samples.draw(worker, this.#batch);
      samples.gradient(model, this.#batch, this.#gradient);
      kernels.vectors.addScaled(out, 1, this.#gradient);
    }
    for (let k = 0; k < out.length; k++) out[k] = out[k]! / count;
    return loss;
  }

  /** Shortens a vector to λ_{k+1}. */
  #clip(vector: Vector): void {
    const radius = this.#radius[0]!;
    if (radius === Infinity) return;
    let length = this.#lengthOf(vector);
    if (length <= radius) return;
    if (length === Infinity) {
      // Its numbers may be finite, and their squares not.
      const most = largest(vector);
      if (most < Infinity) for (let k = 0; k < vector.length; k++) vector[k]! /= most;
      length = this.#lengthOf(vector);
    }
    // What isn't finite has no direction.
    if (!(length < Infinity)) vector.fill(0);
    else scale(vector, radius / length);
  }

  #lengthOf(vector: Vector): number {
    return Math.sqrt(this.context.kernels.vectors.squaredNorm(vector));
  }

  #mean({ count, vectors }: ReturnType<RoundMessages['part']>, out: Vector): void {
    out.fill(0);
    for (let i = 0; i < count; i++) this.context.kernels.vectors.addScaled(out, 1 / count, vectors[i]!);
  }
}

/**
 * Byz-VR-MARINA-PP: variance reduction by recursive gradient differences under partial participation, with clipping. With g^k the
 * server's estimate, x^{k+1} = x^k − γ·g^k, and λ_{k+1} = α·‖x^{k+1} − x^k‖:
 *   with probability p, Ĉ workers send full gradients ∇f_i(x^{k+1}), and g^{k+1} is the rule's aggregate of them;
 *   else C workers send clip_λ(Q(Δ̂_i)), Δ̂_i the difference of one minibatch's gradients at x^{k+1} and x^k and Q a compressor, and
 *   g^{k+1} = g^k + the aggregate of what the server clips once more, since Byzantine workers needn't.
 * g^0, which the algorithm is given, is made as in a round of full gradients: the run's first. So in a round of differences
 * ‖g^{k+1} − g^k‖ ≤ F_A·λ_{k+1} whatever is sent, where ‖A(x)‖ ≤ F_A·max‖x_i‖, even if all that are called are Byzantine.
 * Malinovsky, Richtárik, Horváth & Gorbunov, NeurIPS 2024, Algorithm 1 (`average`: Algorithm 3, PP+). With C = Ĉ = n and without clipping it is
 * Byz-VR-MARINA (Gorbunov et al., ICLR 2023); with an identity compressor, the mean and no Byzantine worker PAGE (Li et al., ICML 2021).
 * Vectors that aren't finite are clipped to 0. Keeps five vectors. A round of differences costs two minibatch gradients a worker, one of full
 * gradients as many as the minibatches that the share's rows are.
 * @throws OptionError from a run's start for more workers than there are, Ĉ < C, or a missing b′; RangeError where the starting
 * point is outside of K.
 */
export const byzVrMarina = (options: ByzVrMarinaOptions): RoundMethod => {
  const { sample: least, fullSample: most } = options;
  return { parts: 1, participants: { least, most }, rounds: (context) => new Marina(options, context) };
};

const called = (description: string) => z.int().min(1).max(1e6).optional().describe(description);

export const byzVrMarinaPart = definePart({
  summary:
    'Byz-VR-MARINA-PP: recursive gradient differences, clipped by how far the model moved, so that rounds with a Byzantine majority do little harm.',
  source:
    'Malinovsky, Richtárik, Horváth & Gorbunov, "Byzantine Robustness and Partial Participation Can Be Achieved at Once: Just Clip Gradient Differences", NeurIPS 2024, Algorithms 1 and 3.',
  precondition: 'A protocol in rounds (synchronous), of which it calls the workers itself.',
  aliases: ['byz-vr-marina', 'marina-pp', 'marina'],
  parameters: z.strictObject({
    lr: lrOption(),
    probability: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('p in (0, 1], of a round of full gradients; the least of C/n, b/m and ζ_Q/d unless given'),
    sample: called('C, workers called for a round of differences; all unless given'),
    fullSample: called('Ĉ, workers called for a round of full gradients, at least C; all unless given'),
    clip: z
      .union([z.number().positive(), z.literal('none')])
      .describe('α > 0: differences are clipped to α·‖x^{k+1} − x^k‖; or none'),
    average: z
      .boolean()
      .optional()
      .describe('whether differences are averaged in place of the rule (PP+); not unless given'),
    fullBatch: called('b′, rows of a large minibatch in place of a full gradient; the whole share unless given'),
    radius: radiusOption(),
  }),
  create: byzVrMarina,
});
