import { z } from 'zod';
import type { Vector } from '../kernels/vector.js';
import type { Compressor, CompressorShape } from './compressor.js';
import { largest } from './encoding.js';

/** A biased compressor's option. */
export interface FeedbackOption {
  /** Whether what a message leaves out is added to the worker's next one; true unless given. */
  readonly feedback?: boolean | undefined;
}

export const feedbackOption = {
  feedback: z.boolean().default(true).describe('error feedback: what a message leaves out is added to the next one'),
};

/** A compressor's loop, given a vector of finite numbers: writes what is sent to it, and what isn't to `remainder`, if there is one. */
export type Lossy = (vector: Vector, remainder: Vector | undefined) => void;

/**
 * A compressor without draws and with messages of one size, on x_i plus all that worker i's messages have left out before (Seide et
 * al. 2014; Karimireddy et al. 2019), or on x_i alone. Where a number isn't finite all of that goes through, and
 * nothing remains.
 */
export const withFeedback = (
  feedback: boolean,
  { workers, dimension, precision, memory }: CompressorShape,
  bits: number,
  lossy: Lossy,
): Compressor => {
  const remainders = feedback ? memory.matrix(precision, workers, dimension) : undefined;
  return {
    state: remainders ? { remainders } : {},
    compress(worker, vector) {
      const remainder = remainders?.[worker];
      if (remainder) for (let i = 0; i < vector.length; i++) vector[i]! += remainder[i]!;
      if (largest(vector) < Infinity) lossy(vector, remainder);
      else remainder?.fill(0);
      return bits;
    },
  };
};
