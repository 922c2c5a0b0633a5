import { z } from 'zod';
import type { Vector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { CompressorRule } from './compressor.js';
import { indexBits, numberBits } from './encoding.js';
import { feedbackOption, withFeedback, type FeedbackOption, type Lossy } from './feedback.js';
import { keptOf, keptOptions, type KeptOptions } from './kept-share.js';
import { kthLargest } from './kth-largest.js';

/** Keeps the `kept` largest numbers, of equals those with the lower index. */
const largestOnly =
  (kept: number, sizes: Vector): Lossy =>
  (vector, remainder) => {
    const { length } = vector;
    for (let i = 0; i < length; i++) sizes[i] = Math.abs(vector[i]!);
    const threshold = kthLargest(sizes, kept);
    let ties = kept;
    for (let i = 0; i < length; i++) if (Math.abs(vector[i]!) > threshold) ties -= 1;
    for (let i = 0; i < length; i++) {
      const size = Math.abs(vector[i]!);
      const stays = size > threshold || (size === threshold && ties-- > 0);
      if (remainder) remainder[i] = stays ? 0 : vector[i]!;
      if (!stays) vector[i] = 0;
    }
  };

/** The options of `topK`. */
export type TopKOptions = KeptOptions & FeedbackOption;

/**
 * TopK: the K numbers with the largest |x_k|, of equals those with the lower index; what is left out is kept for the worker's next
 * message unless `feedback` is false. Biased: ‖C(x) − x‖² ≤ (1 − K/d)‖x‖². A message is K numbers, each with its index of
 * ⌈log₂ d⌉ bits. O(d) on average. Stich, Cordonnier & Jaggi 2018; error feedback: Seide et al. 2014.
 * @throws RangeError unless exactly one of `k` and `share` is given.
 */
export const topK = (options: TopKOptions): CompressorRule => {
  const { feedback = true } = options;
  const keptIn = keptOf('topk', options);
  const bits: CompressorRule['bits'] = (dimension, precision) =>
    keptIn(dimension) * (numberBits(precision) + indexBits(dimension));
  return {
    unbiased: false,
    constants(dimension) {
      const kept = keptIn(dimension);
      return { ...(feedback ? {} : { most: 1 }), density: kept, contraction: 1 - kept / dimension };
    },
    bits,
    vectors: (workers) => 1 + (feedback ? workers : 0),
    create(shape) {
      const { dimension, precision, memory } = shape;
      const lossy = largestOnly(keptIn(dimension), memory.vector(precision, dimension));
      return withFeedback(feedback, shape, bits(dimension, precision)!, lossy);
    },
  };
};

export const topKPart = definePart({
  summary: 'The K largest coordinates, the others 0; what is left out is added to the worker’s next message.',
  source: 'Stich, Cordonnier & Jaggi, "Sparsified SGD with Memory", NeurIPS 2018',
  aliases: ['top-k', 'top-k-sparsification'],
  parameters: z.strictObject({ ...keptOptions, ...feedbackOption }),
  formula: 'x_k for the K coordinates with the largest |x_k|: K numbers and indices',
  constants: [
    {
      name: '1 − δ',
      status: 'proved',
      formula: '1 − K/d',
      source: '‖C(x) − x‖² ≤ (1 − δ)‖x‖²: what is left out is no larger than what is kept',
    },
  ],
  create: topK,
});
