import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { CompressorRule } from './compressor.js';
import { numberBits, roundingTo } from './encoding.js';
import { feedbackOption, withFeedback, type FeedbackOption, type Lossy } from './feedback.js';

/** The mean of all |x_k|, of parts that can't overflow. */
const meanSize = (vector: ArrayLike<number>): number => {
  let mean = 0;
  for (let i = 0; i < vector.length; i++) mean += Math.abs(vector[i]!) / vector.length;
  return mean;
};

const signs =
  (rounded: (value: number) => number): Lossy =>
  (vector, remainder) => {
    const scale = rounded(meanSize(vector));
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i]!;
      const sent = value < 0 ? -scale : scale;
      if (remainder) remainder[i] = value - sent;
      vector[i] = sent;
    }
  };

/**
 * Scaled signs: (‖x‖₁/d)·sign(x), with sign(0) = 1 since a bit has no third value; what is left out is kept for the worker's next
 * message unless `feedback` is false. Biased: ‖C(x) − x‖² = ‖x‖² − ‖x‖₁²/d ≤ (1 − 1/d)‖x‖². A message is one number and a bit for each
 * coordinate. EF-signSGD, Karimireddy, Rebjock, Stich & Jaggi 2019.
 */
export const sign = ({ feedback = true }: FeedbackOption = {}): CompressorRule => {
  const bits = (dimension: number, precision: 'float32' | 'float64'): number => numberBits(precision) + dimension;
  return {
    unbiased: false,
    constants: (dimension) => ({
      ...(feedback ? {} : { most: 1 }),
      density: dimension,
      contraction: 1 - 1 / dimension,
    }),
    bits,
    vectors: (workers) => (feedback ? workers : 0),
    create: (shape) =>
      withFeedback(feedback, shape, bits(shape.dimension, shape.precision), signs(roundingTo(shape.precision))),
  };
};

export const signPart = definePart({
  summary: 'The mean size with each coordinate’s sign; what is left out is added to the worker’s next message.',
  source: 'Karimireddy, Rebjock, Stich & Jaggi, "Error Feedback Fixes SignSGD", ICML 2019 (EF-signSGD)',
  aliases: ['scaled-sign', 'ef-signsgd'],
  parameters: z.strictObject(feedbackOption),
  formula: '(‖x‖₁/d)·sign(x_k): one number, and a bit for each coordinate',
  constants: [
    {
      name: '1 − δ',
      status: 'proved',
      formula: '1 − 1/d',
      source: '‖C(x) − x‖² = ‖x‖² − ‖x‖₁²/d ≤ (1 − δ)‖x‖²',
    },
  ],
  create: sign,
});
