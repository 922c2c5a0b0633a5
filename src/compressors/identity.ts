import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { CompressorRule } from './compressor.js';
import { numberBits } from './encoding.js';

/** Q(x) = x: ω = 0, D_Q = 1, ζ_Q = d, in d numbers. */
export const identity = (): CompressorRule => ({
  unbiased: true,
  constants: (dimension) => ({ omega: 0, most: 1, density: dimension }),
  bits: (dimension, precision) => dimension * numberBits(precision),
  vectors: () => 0,
  create: ({ dimension, precision }) => {
    const bits = dimension * numberBits(precision);
    return { state: {}, compress: () => bits };
  },
});

export const identityPart = definePart({
  summary: 'Messages are sent as they are.',
  source: 'Q(x) = x',
  aliases: ['none'],
  parameters: z.strictObject({}),
  formula: 'x, as d numbers',
  constants: [
    { name: 'ω', status: 'proved', formula: '0', source: 'Q(x) − x = 0' },
    { name: 'D_Q', status: 'proved', formula: '1', source: '‖Q(x)‖ = ‖x‖' },
  ],
  create: identity,
});
