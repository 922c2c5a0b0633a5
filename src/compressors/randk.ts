import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { Compressor, CompressorRule, CompressorShape } from './compressor.js';
import { indexBits, largest, numberBits } from './encoding.js';
import { keptOf, keptOptions, type KeptOptions } from './kept-share.js';

/** Keeps `kept` uniformly random coordinates. O(d) with `kept` draws; no memory of earlier messages. */
const keeping = (kept: number, bits: number, { dimension, precision, memory }: CompressorShape): Compressor => {
  const scale = dimension / kept;
  const order = memory.int32(dimension);
  for (let i = 0; i < dimension; i++) order[i] = i;
  const swapped = memory.int32(kept);
  const values = memory.vector(precision, kept);
  const swap = (a: number, b: number): void => {
    const held = order[a]!;
    order[a] = order[b]!;
    order[b] = held;
  };
  return {
    state: {},
    compress(_worker, vector, random) {
      // Drawn all the same, so that a stream is moved by each message alike.
      for (let i = 0; i < kept; i++) {
        const other = i + Math.floor(random.next() * (dimension - i));
        swap(i, other);
        swapped[i] = other;
        values[i] = vector[order[i]!]! * scale;
      }
      if (largest(vector) < Infinity) {
        vector.fill(0);
        for (let i = 0; i < kept; i++) vector[order[i]!] = values[i]!;
      }
      // Put back, so that a draw means the same coordinate whoever drew before.
      for (let i = kept - 1; i >= 0; i--) swap(i, swapped[i]!);
      return bits;
    },
  };
};

/**
 * RandK: K of the d coordinates, uniformly without replacement (the first K steps of a Fisher–Yates shuffle), times d/K.
 * ω = d/K − 1, with equality for every x; D_Q = d/K; ζ_Q = K. A message is K numbers, each with its index of ⌈log₂ d⌉ bits.
 * @throws RangeError unless exactly one of `k` and `share` is given.
 */
export const randK = (options: KeptOptions): CompressorRule => {
  const keptIn = keptOf('randk', options);
  const bits: CompressorRule['bits'] = (dimension, precision) =>
    keptIn(dimension) * (numberBits(precision) + indexBits(dimension));
  return {
    unbiased: true,
    constants(dimension) {
      const kept = keptIn(dimension);
      return { omega: dimension / kept - 1, most: dimension / kept, density: kept };
    },
    bits,
    vectors: () => 3,
    create: (shape) => keeping(keptIn(shape.dimension), bits(shape.dimension, shape.precision)!, shape),
  };
};

const source = 'Gorbunov, Horváth, Richtárik & Gidel, "Variance Reduction is an Antidote to Byzantines", ICLR 2023';

export const randKPart = definePart({
  summary: 'K random coordinates, scaled so that the mean is right; the others are 0.',
  source,
  aliases: ['rand-k', 'random-sparsification'],
  parameters: z.strictObject(keptOptions),
  formula: '(d/K)·x_k for K uniformly random coordinates: K numbers and indices',
  constants: [
    { name: 'ω', status: 'proved', formula: 'd/K − 1', source: 'with equality' },
    { name: 'D_Q', status: 'proved', formula: 'd/K', source: 'where all of x is in the K coordinates' },
  ],
  create: randK,
});
