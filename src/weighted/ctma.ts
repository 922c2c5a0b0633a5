import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { AffineRule, AggregatorOperator, AggregatorRule } from './aggregator.js';
import { distancesToCombination } from './distances-to-combination.js';
import { finiteVectors } from './finite-vectors.js';
import { fromAffine } from './from-affine.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/** Squared distances this close to the boundary's, relatively, share it; weights this close to the rest count as the rest. */
const TIE_TOLERANCE = 1e-9;
const WEIGHT_TOLERANCE = 1e-12;

/** The options of `ctma`. */
export interface CtmaOptions {
  /** Share of the weight that is trimmed, at least the Byzantine workers' share; in [0, 1/2). */
  readonly lambda: number;
}

/**
 * Weighted centred trimmed meta-aggregator: the weighted mean of the weight (1−λ)·Σs_i that lies nearest to the base rule's
 * result. The vectors at the boundary distance keep what is needed to make the weight exact, in equal proportion, so that
 * the order of the vectors doesn't matter. λ = 0 gives the weighted mean. Vectors that aren't finite are left out with their
 * weight, for the base rule too; with none left the result is NaN. The unweighted operator is this one with unit weights.
 * Dahan & Levy 2024, algorithm 1. O(d·m + m·log m) besides the base rule. Throws a RangeError for λ outside [0, 1/2).
 */
export const ctma = ({ lambda }: CtmaOptions): AggregatorOperator => {
  if (!(lambda >= 0 && lambda < 0.5)) {
    throw new RangeError(`ctma.lambda: the trimmed share is at least 0 and below 0.5, got ${lambda}`);
  }
  return (base) => (base.affine ? fromAffine(trimmedAround(lambda, base.affine)) : trimmed(lambda, base));
};

/** Around a rule that is a combination of the vectors: everything follows from their distances. */
const trimmedAround =
  (lambda: number, base: AffineRule): AffineRule =>
  (most) => {
    const anchor = base(most);
    const squared = new Float64Array(most);
    const keep = keptShares(lambda, most);
    return (input, coefficients) => {
      anchor(input, coefficients);
      distancesToCombination(input, coefficients, squared);
      keep(squared, input.weights, input.count, coefficients);
    };
  };

/** Around any rule's result. */
const trimmed =
  (lambda: number, base: AggregatorRule): AggregatorRule =>
  (shape) => {
    const { kernels = plainKernels(), precision = 'float64' } = shape;
    const { memory, vectors: kernel } = kernels;
    const selectFinite = finiteVectors(shape);
    const aggregate = base(shape);
    const keep = keptShares(lambda, shape.count);
    const squared = new Float64Array(shape.count);
    const shares = new Float64Array(shape.count);
    const anchor = memory.vector(precision, shape.dimension);
    return (input, out) => {
      const finite = selectFinite(input);
      const { count, dimension, vectors, weights } = finite;
      if (count === 0) {
        out.fill(NaN);
        return;
      }
      aggregate(finite, anchor);
      kernel.distancesToAll(vectors, count, anchor, dimension, squared);
      keep(squared, weights, count, shares);
      kernel.combine(vectors, shares, count, dimension, out);
    };
  };

/** Writes each vector's share of the kept weight (1−λ)·Σs_i, given its squared distance from the anchor. */
const keptShares = (lambda: number, most: number) => {
  const ascending = new Float64Array(most);
  return (squared: Float64Array, weights: ReadonlyVector, count: number, shares: Float64Array): void => {
    const kept = (1 - lambda) * totalWeight(weights, count);
    const boundary = boundaryDistance(squared, weights, count, kept, ascending);
    const inside = weightWithin(squared, weights, count, boundary * (1 - TIE_TOLERANCE), false);
    const within = weightWithin(squared, weights, count, boundary * (1 + TIE_TOLERANCE), true);
    const share = Math.min(1, (kept - inside) / (within - inside));
    for (let i = 0; i < count; i++) {
      const distance = squared[i]!;
      const part =
        distance < boundary * (1 - TIE_TOLERANCE) ? 1 : distance <= boundary * (1 + TIE_TOLERANCE) ? share : 0;
      shares[i] = (part * weights[i]!) / kept;
    }
  };
};

/** The least squared distance within which, ties included, the weight `kept` lies. */
const boundaryDistance = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  kept: number,
  ascending: Float64Array,
): number => {
  ascending.set(squared);
  ascending.fill(Infinity, count);
  ascending.sort();
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const weight = weightWithin(squared, weights, count, ascending[middle]! * (1 + TIE_TOLERANCE), true);
    if (weight >= kept * (1 - WEIGHT_TOLERANCE)) high = middle;
    else low = middle + 1;
  }
  return ascending[low]!;
};

/** The weight of the vectors at a squared distance below `limit`, or also at it. */
const weightWithin = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  limit: number,
  inclusive: boolean,
): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (squared[i]! < limit || (inclusive && squared[i] === limit)) sum += weights[i]!;
  }
  return sum;
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda, base) => ((4 * lambda) / (1 - lambda)) * (1 + base),
    formula: '4λ/(1−λ)·(1 + c)',
    status: 'proved',
    source: 'Overlap of the kept and the honest weight, and the Cauchy–Schwarz inequality.',
  },
  {
    name: 'c_λ',
    value: (lambda, base) => 60 * lambda * (1 + base),
    formula: '60λ·(1 + c)',
    status: 'published',
    source: 'Dahan & Levy 2024, lemma 3.1.',
  },
];

export const ctmaPart = definePart({
  summary: 'Weighted centred trimmed meta-aggregator: the mean of the weight nearest to the base rule’s result.',
  source: 'Dahan & Levy, "Weight for Robustness", NeurIPS 2024, algorithm 1 and lemma 3.1.',
  precondition: 'Byzantine workers hold at most the share lambda of the weight.',
  aliases: ['centered-trimmed-meta-aggregator', 'wctma'],
  complexity: 'O(d·m + m·log m) besides the base rule',
  constants,
  parameters: z.strictObject({
    lambda: z.number().min(0).lt(0.5).describe('Share of the weight that is trimmed; at least 0, below 0.5.'),
  }),
  create: ctma,
});
