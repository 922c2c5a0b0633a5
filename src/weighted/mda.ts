import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { meanOfSet } from './mean-of-set.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { smallestDiameter } from './smallest-diameter.js';
import { requireCount, requiring, requireTolerance, vectorsField } from './tolerance.js';

/** The most vectors that may be left out: the search grows with 1.47^f. */
const MOST_LEFT_OUT = 32;

/** The options of `mda`. */
export interface MdaOptions {
  /** Number of Byzantine vectors, at least 0 and at most 32. */
  readonly f: number;
}

const check = (options: MdaOptions, count: number): void => requireCount('mda', options, 1, count);

/**
 * Minimum diameter averaging (Brute): the mean of the n − f vectors whose farthest pair is nearest; of several such sets the
 * first in lexicographic order, since one pair decides the diameter. Found exactly, by a search that grows with 1.47^f at
 * worst, so f is 32 at most. Of fewer than 2f + 1 vectors, where workers haven't arrived yet, a majority is averaged. Vectors
 * that aren't finite are left out; with none left the result is NaN. Weights have no meaning for it: of a vector at the rim
 * no part is as good as another. El Mhamdi et al. 2018; Rousseeuw 1985. O(d·m²/2 + 1.47^f·m²·log m), f small beside m.
 * Throws a RangeError for f out of range, for shapes of fewer than 2f + 1 vectors, and for unequal weights.
 */
export const mda = (options: MdaOptions): AggregatorRule => {
  const { f } = options;
  requireTolerance('mda', options);
  if (f > MOST_LEFT_OUT) throw new RangeError(`mda.f: the exact search leaves out at most ${MOST_LEFT_OUT}, got ${f}`);
  return requiring(meanOfSet('mda', f, smallestDiameter), (count) => check(options, count));
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'diameter',
    value: (lambda) => (2 * lambda) / (1 - lambda),
    formula: '2λ/(1−λ)',
    status: 'proved',
    source:
      'At most f vectors differ from the honest ones; each is within the two diameters of the one that it stands for, through a common vector. Attained.',
  },
];

export const mdaPart = definePart({
  summary: 'Minimum diameter averaging: the mean of the n − f vectors that lie within the least diameter.',
  source: 'El Mhamdi, Guerraoui & Rouault, "The Hidden Vulnerability", ICML 2018 (Brute); after Rousseeuw, 1985.',
  precondition: 'n >= 2f + 1, f <= 32.',
  aliases: ['brute', 'minimum-diameter-averaging'],
  complexity: 'O(d·m²/2 + 1.47^f·m²·log m)',
  constants,
  weights: 'equal' as const,
  check,
  parameters: z.strictObject({ f: vectorsField(MOST_LEFT_OUT) }),
  create: mda,
});
