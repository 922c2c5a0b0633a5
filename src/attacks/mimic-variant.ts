import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { drawsOf } from '../weighted/draws-of.js';
import { totalWeight } from '../weighted/total-weight.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import type { Shape, WeightedVectors } from '../weighted/aggregator.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';
import { normalDraw } from './normal-draw.js';

const knowledge: Knowledge = 'honest';

/** The options of `mimic-variant`. */
export interface MimicVariantOptions {
  /** Server steps from whose honest vectors the direction is learned, at least 1. Default 10. */
  readonly warmup?: number;
}

/**
 * Mimic with warm-up: all liars send the honest vector with the largest ⟨z, x_i⟩, the first of equals, where z is the direction in
 * which honest vectors differ most, learned by Oja's rule. At the t-th server step (from 0) at which somebody lies,
 * μ ← t/(1+t)·μ + 1/(1+t)·Σs_i·x_i/Σs_i and z ← t/(1+t)·z + 1/(1+t)·c/‖c‖, scaled to length 1, with c = Σs_i·⟨x_i − μ, z⟩·(x_i − μ),
 * for t < `warmup`; from then on z stays. z begins as a random direction, the same for all liars. Karimireddy, He & Jaggi, ICLR
 * 2022, as in their code, which then copies the worker it chose last. Zero as long as the server holds no honest vector. O(d·m).
 */
export const mimicVariant = ({ warmup = 10 }: MimicVariantOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const { dimension } = shape;
      const direction = learnedDirection(shape);
      let times = 0;
      let last = -1;
      return ({ honest, step }, out) => {
        // Those who lie at the same step see the same: it counts once.
        if (times < warmup && step !== last) {
          direction.learn(honest, times++);
          last = step;
        }
        const vector = honest.vectors[foremost(honest, direction.z)]!;
        for (let k = 0; k < dimension; k++) out[k] = vector[k]!;
      };
    },
  });

/** The inner product of two vectors, less that of y and `centre`. */
const product = (x: ReadonlyVector, centre: ReadonlyVector | null, y: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < y.length; k++) sum += (x[k]! - (centre === null ? 0 : centre[k]!)) * y[k]!;
  return sum;
};

/** The place of the vector that is farthest along z; the first of equals. */
const foremost = ({ count, vectors }: WeightedVectors, z: Float64Array): number => {
  let best = 0;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    const along = product(vectors[i]!, null, z);
    if (along > most) [best, most] = [i, along];
  }
  return best;
};

/** Makes a vector 1 long, unless it is 0; tells whether it wasn't. */
const normalise = (vector: Float64Array): boolean => {
  const length = Math.sqrt(product(vector, null, vector));
  if (!(length > 0)) return false;
  for (let k = 0; k < vector.length; k++) vector[k]! /= length;
  return true;
};

/** The direction in which honest vectors differ most, as far as it is learned. */
interface LearnedDirection {
  readonly z: Float64Array;
  /** Takes the honest vectors of the t-th step into account, from 0. */
  learn(honest: WeightedVectors, t: number): void;
}

const learnedDirection = (shape: Shape): LearnedDirection => {
  const { dimension } = shape;
  const average = weightedMean()(shape);
  const draws = drawsOf('mimic-variant', shape);
  const z = Float64Array.from({ length: dimension }, () => normalDraw(draws));
  const mean = new Float64Array(dimension);
  const now = new Float64Array(dimension);
  normalise(z);
  return {
    z,
    learn: (honest, t) => {
      const { count, vectors, weights } = honest;
      average(honest, now);
      for (let k = 0; k < dimension; k++) mean[k]! += (now[k]! - mean[k]!) / (1 + t);
      const total = totalWeight(weights, count);
      const next = now.fill(0);
      for (let i = 0; i < count; i++) {
        const vector = vectors[i]!;
        const scale = (weights[i]! / total) * product(vector, mean, z);
        for (let k = 0; k < dimension; k++) next[k]! += scale * (vector[k]! - mean[k]!);
      }
      // Where all are equal nothing is learned.
      if (!normalise(next)) return;
      for (let k = 0; k < dimension; k++) z[k]! += (next[k]! - z[k]!) / (1 + t);
      normalise(z);
    },
  };
};

export const mimicVariantPart = definePart({
  summary:
    'Mimic with warm-up: all repeat the honest vector farthest along the direction in which honest vectors differ most.',
  source:
    'Karimireddy, He & Jaggi, "Byzantine-Robust Learning on Heterogeneous Datasets via Bucketing", ICLR 2022, appendix.',
  precondition: 'Sees the honest vectors at the server; hurts where workers’ data differ.',
  aliases: ['mimic-warmup'],
  knowledge,
  formula: 'x_i with the largest ⟨z, x_i⟩, z learned by Oja’s rule',
  parameters: z.strictObject({
    warmup: z
      .int()
      .positive()
      .default(10)
      .describe('Server steps with lies from which the direction is learned; at least 1.'),
  }),
  create: mimicVariant,
});
