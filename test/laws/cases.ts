import type fc from 'fast-check';
import type { Configuration } from '../../src/testing/configuration.js';
import { configurations, sieges } from '../../src/testing/configurations.js';
import type { WeightedSet } from '../../src/testing/statistics.js';
import { weightedVectors } from '../../src/testing/vectors.js';

export {
  agree,
  dot,
  longest,
  meanDistanceOf,
  meanOf,
  minus,
  norm,
  sum,
  varianceOf,
} from '../../src/testing/statistics.js';
export { aggregate } from '../../src/testing/tested-rule.js';

/** Vectors with weights, as plain arrays that fast-check can print and shrink. */
export type Case = WeightedSet;

/** One to nine vectors with ties, duplicates, integer and fractional weights. */
export const anyCase: fc.Arbitrary<Case> = weightedVectors({ dimension: 5 });

/** The same with whole weights, which may be told as copies. */
export const integerCase: fc.Arbitrary<Case> = weightedVectors({ weights: 'whole', workers: 6, dimension: 5 });

/** Honest and Byzantine vectors, the latter with at most the share λ < 1/2 of the weight. */
export const siege: fc.Arbitrary<Configuration> = sieges({ dimension: 5 });

/** Any siege, or the worst that is known of trimming and of medians, at any scale. */
export const attack: fc.Arbitrary<Configuration> = configurations({ dimension: 5 });

/** The same vectors, one weight for all. */
export const equal = ({ vectors }: Case): Case => ({ vectors, weights: vectors.map(() => 1) });
