import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { meanOfSet } from './mean-of-set.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { smallestVariance } from './smallest-variance.js';
import { requireCount, requiring, requireTolerance, vectorsField } from './tolerance.js';

/** The most sets of n − f vectors that the search may have to look at. */
const MOST_SETS = 1_000_000;

/** The options of `smea`. */
export interface SmeaOptions {
  /** Number of Byzantine vectors, at least 0. */
  readonly f: number;
}

/** How many sets of f among n there are. */
const setsOf = (n: number, f: number): number => {
  let sets = 1;
  for (let i = 1; i <= f; i++) sets *= (n - f + i) / i;
  return Math.round(sets);
};

const check = (options: SmeaOptions, count: number): void => {
  requireCount('smea', options, 1, count);
  const sets = setsOf(count, options.f);
  if (sets > MOST_SETS)
    throw new RangeError(
      `smea with f = ${options.f} and ${count} workers has ${sets} sets of vectors to choose from, more than the ${MOST_SETS} that its exact search takes on`,
    );
};

/**
 * Smallest maximum eigenvalue averaging: the mean of the n − f vectors whose covariance has the least top eigenvalue; of
 * several such sets the first in lexicographic order. Found exactly, so that there may be 1,000,000 sets at most. Of fewer
 * than 2f + 1 vectors, where workers haven't arrived yet, a majority is averaged. Vectors that aren't finite are left out;
 * with none left the result is NaN. Weights have no meaning for it: parts of vectors would be another, convex problem.
 * Allouah et al. 2023. O(d·m²/2 + C(m, f)·m³/6), mostly far less.
 * Throws a RangeError for f out of range, for shapes of fewer than 2f + 1 vectors or with too many sets, and for unequal weights.
 */
export const smea = (options: SmeaOptions): AggregatorRule => {
  requireTolerance('smea', options);
  return requiring(meanOfSet('smea', options.f, smallestVariance), (count) => check(options, count));
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda) => (4 * lambda) / (1 - 2 * lambda),
    formula: '4λ/(1−2λ)',
    status: 'proved',
    source:
      'Conditioning on an event of probability 1−ε, ε = λ/(1−λ), moves a mean by at most σ·√(ε/(1−ε)), twice; even with the top eigenvalue of the honest covariance in place of V.',
  },
];

export const smeaPart = definePart({
  summary: 'Smallest maximum eigenvalue averaging: the mean of the n − f vectors that scatter least in any direction.',
  source: 'Allouah et al., "On the Privacy-Robustness-Utility Trilemma in Distributed Learning", ICML 2023.',
  precondition: 'n >= 2f + 1, and at most 1,000,000 sets of n − f vectors.',
  aliases: ['smallest-maximum-eigenvalue-averaging'],
  complexity: 'O(d·m²/2 + C(m, f)·m³/6)',
  constants,
  weights: 'equal' as const,
  check,
  parameters: z.strictObject({ f: vectorsField() }),
  create: smea,
});
