import { z } from 'zod';
import type { ReadonlyVector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { CompressorRule, CompressorShape } from './compressor.js';
import { indexBits, largest, numberBits, roundingTo } from './encoding.js';

/** ‖x‖, where `most` is the largest |x_k|, finite and > 0: divided by it, no square is lost or infinite. */
const normOf = (vector: ReadonlyVector, most: number): number => {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    const share = vector[i]! / most;
    sum += share * share;
  }
  return most * Math.sqrt(sum);
};

const quantizer: CompressorRule['create'] = ({ dimension, precision }: CompressorShape) => {
  const rounded = roundingTo(precision);
  const normBits = numberBits(precision);
  const eachBits = indexBits(dimension) + 1;
  return {
    state: {},
    compress(_worker, vector, random) {
      const most = largest(vector);
      if (most === 0) return normBits;
      // The norm that is sent, which draws go by as well: rounding it leaves the mean where it was.
      const norm = most < Infinity ? rounded(normOf(vector, most)) : NaN;
      if (!(norm < Infinity)) return normBits + dimension * eachBits;
      let sent = 0;
      for (let i = 0; i < dimension; i++) {
        const value = vector[i]!;
        if (random.next() < Math.abs(value) / norm) {
          vector[i] = value < 0 ? -norm : norm;
          sent += 1;
        } else vector[i] = 0;
      }
      return normBits + sent * eachBits;
    },
  };
};

/**
 * 1-level ℓ2 quantisation: Q(x)_k = ‖x‖·sign(x_k)·Bernoulli(|x_k|/‖x‖), each coordinate by a draw of its own. Its variance is
 * ‖x‖‖x‖₁ − ‖x‖², so ω = √d − 1; D_Q = √d; ζ_Q = √d (‖x‖₁/‖x‖ for this x). A message is the norm, and an index of ⌈log₂ d⌉ bits and
 * a sign for each number that isn't 0, so that its size is drawn too. A vector whose norm is too large for the run's precision goes
 * through whole.
 */
export const l2Quantization = (): CompressorRule => ({
  unbiased: true,
  constants(dimension) {
    const root = Math.sqrt(dimension);
    return { omega: root - 1, most: root, density: root };
  },
  bits: () => undefined,
  vectors: () => 0,
  create: quantizer,
});

export const l2QuantizationPart = definePart({
  summary: 'Each coordinate becomes 0 or, with the probability that makes the mean right, the norm with its sign.',
  source: 'Alistarh, Grubic, Li, Tomioka & Vojnović, "QSGD", NeurIPS 2017, section 3.1 with s = 1',
  aliases: ['l2-quantisation', 'quantization', 'quantisation', 'qsgd'],
  parameters: z.strictObject({}),
  formula: '‖x‖·sign(x_k) with probability |x_k|/‖x‖, else 0: the norm, and indices and signs of what isn’t 0',
  constants: [
    { name: 'ω', status: 'proved', formula: '√d − 1', source: 'the variance is ‖x‖‖x‖₁ − ‖x‖²; ‖x‖₁ ≤ √d‖x‖' },
    { name: 'D_Q', status: 'proved', formula: '√d', source: 'where no coordinate becomes 0' },
  ],
  create: l2Quantization,
});
