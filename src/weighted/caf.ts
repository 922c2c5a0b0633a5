import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AffineRule, AggregatorRule, PairwiseDistances } from './aggregator.js';
import { fromAffine } from './from-affine.js';
import type { RobustnessConstant } from './robustness-constant.js';
import {
  requireCount,
  requireTolerance,
  requiring,
  toleranceFields,
  weightWithstood,
  type Tolerance,
} from './tolerance.js';
import { topEigenspace } from './top-eigenspace.js';
import { totalWeight } from './total-weight.js';
import { weightedGram } from './weighted-gram.js';

/** Numbers this close, relatively, are equal. */
const TIE_TOLERANCE = 1e-9;
const WEIGHT_TOLERANCE = 1e-12;

const check = (options: Tolerance, count: number): void => requireCount('caf', options, 1, count);

/**
 * Covariance-bound agnostic filter: as long as more than the weight (1−2λ)·Σs_i is left, each vector's weight is multiplied by
 * 1 − τ_i/max τ, τ_i being its squared distance from the weighted mean in the direction in which the weighted covariance is
 * greatest, and max τ the greatest of those that still weigh something. The result is the weighted mean at which that greatest
 * eigenvalue was least, the first of equal ones. Where several directions are equally great, all of them count. With f in place
 * of λ, n − 2f of n vectors of one weight; of fewer than 2f + 1, where workers haven't arrived yet, one or two.
 * The eigenvectors are exact, from the Gram matrix, in place of the reference code's one step from a random vector. Vectors that
 * aren't finite are left out with their weight; with none left the result is NaN.
 * Allouah, Guerraoui & Stephan 2025, algorithm 2. O(d·m²/2 + 13·m⁴/3) at most: each step ends one vector's weight or more.
 * Throws a RangeError for a tolerance that isn't one, for shapes of fewer than 2f + 1 vectors, and, with f, for unequal weights.
 */
export const caf = (options: Tolerance): AggregatorRule => {
  requireTolerance('caf', options);
  const withstood = weightWithstood('caf', options);
  const affine: AffineRule = (most) => {
    const filter = covarianceFilter(most);
    const left = new Float64Array(most);
    return (input, coefficients) => {
      const { count, weights } = input;
      for (let i = 0; i < count; i++) left[i] = weights[i]!;
      const whole = totalWeight(weights, count);
      const enough = whole - 2 * withstood(weights, count);
      let least = Infinity;
      for (let total = whole; ;) {
        const greatest = filter.measure(input, left);
        if (greatest < least * (1 - TIE_TOLERANCE)) {
          least = greatest;
          for (let i = 0; i < count; i++) coefficients[i] = left[i]! / total;
        }
        if (greatest === 0) return;
        filter.lighten(left);
        total = totalWeight(left, count);
        if (!(total > enough + WEIGHT_TOLERANCE * whole)) return;
      }
    };
  };
  return requiring(fromAffine(affine), (count) => check(options, count));
};

/** Weights c_i of vectors, and how much those in the direction of the greatest variance are to blame for it. */
const covarianceFilter = (most: number) => {
  const members = new Int32Array(most);
  const gram = new Float64Array(most * most);
  const means = new Float64Array(most);
  const blame = new Float64Array(most);
  const topOf = topEigenspace(most);
  let n = 0;
  return {
    /** The greatest eigenvalue of the covariance of the vectors with a weight above 0. */
    measure: ({ squared, count }: PairwiseDistances, left: Float64Array): number => {
      n = 0;
      for (let i = 0; i < count; i++) if (left[i]! > 0) members[n++] = i;
      weightedGram(squared, left, count, members, n, means, gram);
      return topOf(gram, n, blame);
    },
    /** Multiplies the weights of the vectors just measured by 1 − τ_i/max τ. */
    lighten: (left: Float64Array): void => {
      let most = 0;
      for (let i = 0; i < n; i++) {
        // τ_i but for what all have in common.
        blame[i]! /= left[members[i]!]!;
        most = Math.max(most, blame[i]!);
      }
      for (let i = 0; i < n; i++) {
        const part = blame[i]! / most;
        left[members[i]!]! *= part > 1 - TIE_TOLERANCE ? 0 : 1 - part;
      }
    },
  };
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda) => (4 * lambda) / (1 - 2 * lambda),
    formula: '4λ/(1−2λ)',
    status: 'measured',
    source: 'No search has found more than 0.75 of it.',
  },
];

export const cafPart = definePart({
  summary: 'Covariance-bound agnostic filter: vectors lose weight for what they add to the greatest variance.',
  source:
    'Allouah, Guerraoui & Stephan, "Towards Trustworthy Federated Learning with Untrusted Participants", ICML 2025, algorithm 2.',
  precondition: 'n >= 2f + 1, or Byzantine workers hold at most the share lambda < 1/2 of the weight.',
  aliases: ['covariance-bound-agnostic-filter'],
  complexity: 'O(d·m²/2 + 13·m⁴/3)',
  constants,
  weights: 'equal with f' as const,
  check,
  parameters: z.strictObject(toleranceFields),
  create: caf,
});
