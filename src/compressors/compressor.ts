import type { Memory } from '../kernels/memory.js';
import type { Precision, Vector } from '../kernels/vector.js';
import type { Random } from '../random/random.js';

/** What a compressor keeps of each worker between messages: vectors under names. */
export type CompressorState = Readonly<Record<string, readonly Vector[]>>;

/** A compressor at work in one run. Workers are numbered from 0. */
export interface Compressor {
  /** What is kept for later messages; nothing but with error feedback. */
  readonly state: CompressorState;
  /**
   * Replaces a worker's vector by what its receiver makes of the compressed message, and returns the message's size in bits.
   * Draws from the worker's own stream. A vector with a number that isn't finite goes through whole, in a message of the
   * compressor's largest size: no compressor hides that a run diverges.
   */
  compress(worker: number, vector: Vector, random: Random): number;
}

/** What is proved of a compressor C on vectors x of d numbers. */
export interface CompressorConstants {
  /** ω, where E C(x) = x: E‖C(x) − x‖² ≤ ω‖x‖². */
  readonly omega?: number;
  /** D_Q: ‖C(x)‖ ≤ D_Q‖x‖ surely; not there with error feedback, where earlier messages have a part in what is sent. */
  readonly most?: number;
  /** ζ_Q: the expected number of numbers in a message that aren't 0 is at most this. */
  readonly density: number;
  /** 1 − δ, where C is biased: ‖C(x) − x‖² ≤ (1 − δ)‖x‖² surely, of what is compressed (with error feedback, x and the remainder). */
  readonly contraction?: number;
}

/** What a compressor is made for: messages of `dimension` numbers. */
export interface CompressorShape {
  readonly workers: number;
  readonly dimension: number;
  readonly precision: Precision;
  readonly memory: Memory;
}

/** A way to compress messages. */
export interface CompressorRule {
  /** Whether E C(x) = x. */
  readonly unbiased: boolean;
  /** @throws RangeError when it can't compress so few numbers. */
  constants(dimension: number): CompressorConstants;
  /** The size of every message, in bits, where all have the same; undefined where it hangs on the message. */
  bits(dimension: number, precision: Precision): number | undefined;
  /** Vectors of `dimension` numbers that it claims for so many workers, at most. */
  vectors(workers: number): number;
  /** Claims its memory. @throws RangeError when it can't compress so few numbers. */
  create(shape: CompressorShape): Compressor;
}
