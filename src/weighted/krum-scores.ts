import { z } from 'zod';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { PairwiseDistances } from './aggregator.js';
import { keptShares } from './kept-shares.js';
import {
  loweredTo,
  requireCount,
  requireEqualWeights,
  requireTolerance,
  toleranceFields,
  weightWithstood,
  type Tolerance,
} from './tolerance.js';
import { totalWeight } from './total-weight.js';

/** Which of the definitions that go by the name of Krum. */
export type KrumVariant = 'published' | 'byzfl' | 'garfield';

/** The options that Krum and Multi-Krum share. */
export interface KrumOptions extends Tolerance {
  /**
   * `published`, the default: squared distances to the n − f − 2 nearest others. `byzfl`: to the n − f − 1 nearest others.
   * `garfield`: distances, not squared, to the n − f − 1 nearest others.
   */
  readonly variant?: KrumVariant | undefined;
}

/** The fields of `KrumOptions`. */
export const krumFields = {
  ...toleranceFields,
  variant: z
    .enum(['published', 'byzfl', 'garfield'])
    .default('published')
    .describe(
      'published: squared distances to n − f − 2 others; byzfl: to n − f − 1 others, the only one that knows lambda; garfield: distances, not squared, to n − f − 1 others.',
    ),
};

/** n ≥ 2f + this. */
const spareOf = (variant: KrumVariant): number => (variant === 'byzfl' ? 1 : 3);

/** Refuses options that contradict each other. */
export const requireKrumOptions = (name: string, options: KrumOptions): void => {
  const { variant = 'published', f, lambda } = options;
  if (f === undefined && lambda === undefined && variant !== 'byzfl')
    throw new RangeError(`${name} (${variant}) needs f, the number of Byzantine vectors to withstand`);
  requireTolerance(name, options);
  if (lambda !== undefined && variant !== 'byzfl')
    throw new RangeError(
      `${name} (${variant}) counts neighbours, which has no meaning by weight; give f, or lambda with variant: byzfl`,
    );
};

/** Refuses shapes with too few vectors. */
export const requireKrumCount = (name: string, options: KrumOptions, count: number): void =>
  requireCount(name, options, spareOf(options.variant ?? 'published'), count);

/** Numbers of vectors as weights, of those that Krum looks at. */
export interface KrumWeights {
  /** Of a vector and the neighbours that its score sums over. */
  readonly scored: number;
  /** Of the vectors with the best scores among which all honest ones would have place. */
  readonly best: number;
}

/**
 * The weights for the first `count` vectors, of which as many are withstood as they allow where fewer than the precondition
 * needs have arrived: a vector then has one neighbour at least, and `best` one vector.
 */
export const krumWeights = (name: string, options: KrumOptions) => {
  const { variant = 'published', f } = options;
  const withstood = weightWithstood(name, options, spareOf(variant));
  const weightsOf = { scored: 0, best: 0 };
  return (weights: ReadonlyVector, count: number): KrumWeights => {
    if (f === undefined) {
      weightsOf.scored = weightsOf.best = totalWeight(weights, count) - withstood(weights, count);
      return weightsOf;
    }
    requireEqualWeights(name, weights, count);
    const others = count - loweredTo(f, count, spareOf(variant));
    const scored = variant === 'published' ? others - 1 : others;
    const best = variant === 'byzfl' ? others : others - 2;
    weightsOf.scored = Math.max(Math.min(2, count), scored) * weights[0]!;
    weightsOf.best = Math.max(1, best) * weights[0]!;
    return weightsOf;
  };
};

/**
 * Writes the mean, by weight, of a vector's distances to what is nearest to it, itself included, up to the weight `scored`:
 * the sum over its neighbours but for a factor. O(m²·log m).
 */
export const krumScores = (most: number, squaredDistances: boolean) => {
  const keep = keptShares(most);
  const row = new Float64Array(most);
  const shares = new Float64Array(most);
  return (
    { count, squared, weights }: Pick<PairwiseDistances, 'count' | 'squared' | 'weights'>,
    scored: number,
    scores: Float64Array,
  ): void => {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) row[j] = squared[i * count + j]!;
      keep(row, weights, count, scored, shares);
      let sum = 0;
      for (let j = 0; j < count; j++) sum += shares[j]! * (squaredDistances ? row[j]! : Math.sqrt(row[j]!));
      scores[i] = sum;
    }
  };
};
