import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule, WeightedVectors } from './aggregator.js';
import { keepingTables } from './keeping-tables.js';
import { pairwiseDistances, type KnownDistances } from './pairwise-distances.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/** Weights within this of half of the total, relatively, are half. */
const WEIGHT_TOLERANCE = 1e-12;

/** The options of `medianFilteredMean`. */
export interface MedianFilteredMeanOptions {
  /**
   * 𝒯: how far a median vector is from more than half of the weight at most, in the units of the vectors; above 0. `method`: twice
   * the deviation that the method tells with its vectors.
   */
  readonly threshold: number | 'method';
}

/**
 * Median-filtered mean: the weighted mean of the vectors within 2𝒯 of a median vector, one that has more than half of all
 * weight within 𝒯, itself included; of several, the first. Where there is none, 0: the server stays where it is. Vectors that
 * aren't finite are near to none. If the honest vectors hold more than half of the weight and lie within 𝒯/2 of a point, there
 * is one, and what counts lies within 7𝒯/2 of that point; it has no c_λ, since 𝒯 doesn't follow the honest variance.
 * Dorfman, Yehya & Levy 2024, after Alistarh et al. 2018. O(d·m²/2). Throws a RangeError for a threshold that isn't above 0, and the rule
 * itself where it follows a method that tells nothing.
 */
export const medianFilteredMean = ({ threshold }: MedianFilteredMeanOptions): AggregatorRule => {
  if (threshold !== 'method' && !(threshold > 0 && threshold < Infinity))
    throw new RangeError(`mfm.threshold: it is finite and above 0, got ${threshold}`);
  const rule: AggregatorRule = (shape) => {
    const { combine } = (shape.kernels ?? plainKernels()).vectors;
    const distancesOf = pairwiseDistances(shape);
    const shares = new Float64Array(shape.count);
    return (input, out) => {
      const radius = threshold === 'method' ? 2 * toldOf(input) : threshold;
      const inner = radius * radius;
      const half = (totalWeight(input.weights, input.count) / 2) * (1 + WEIGHT_TOLERANCE);
      const known = distancesOf(input);
      const { count, dimension, vectors, weights, squared } = known;
      const median = firstMedian(known, inner, half);
      if (median < 0) {
        out.fill(0);
        return;
      }
      const row = median * count;
      const kept = weightWithin(squared, row, weights, count, 4 * inner);
      for (let i = 0; i < count; i++) shares[i] = squared[row + i]! <= 4 * inner ? weights[i]! / kept : 0;
      combine(vectors, shares, count, dimension, out);
    };
  };
  const keeping = keepingTables(rule, () => 1);
  return threshold === 'method' ? Object.assign(keeping, { followsDeviation: true }) : keeping;
};

const toldOf = ({ deviation }: WeightedVectors): number => {
  if (deviation === undefined) throw new RangeError('mfm.threshold: the method tells no deviation of its vectors');
  return deviation;
};

/** The first vector with more than the weight `half` within a squared distance; −1 if there is none. */
const firstMedian = ({ count, squared, weights }: KnownDistances, limit: number, half: number): number => {
  for (let i = 0; i < count; i++) if (weightWithin(squared, i * count, weights, count, limit) > half) return i;
  return -1;
};

/** The weight within a squared distance, given those of one row. */
const weightWithin = (
  squared: Float64Array,
  row: number,
  weights: ReadonlyVector,
  count: number,
  limit: number,
): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) if (squared[row + i]! <= limit) sum += weights[i]!;
  return sum;
};

const constants: readonly RobustnessConstant[] = [];

export const medianFilteredMeanPart = definePart({
  summary: 'Median-filtered mean: the mean of the vectors near one that is near to more than half of the weight.',
  source:
    'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning", ICML 2024; after Alistarh, Allen-Zhu & Li, NeurIPS 2018.',
  precondition:
    'Honest workers hold more than half of the weight, and their vectors lie within threshold/2 of one point.',
  aliases: ['median-filtered-mean'],
  complexity: 'O(d·m²/2)',
  constants,
  noConstant:
    'The threshold is a length of its own: with all honest vectors within threshold/2 of a point the result is within 7·threshold/2·δ/(1−δ) of their mean, δ the Byzantine share; where they spread farther it may be 0.',
  parameters: z.strictObject({
    threshold: z
      .union([z.number().positive(), z.literal('method')])
      .describe(
        'How far a median vector is from more than half of the weight at most, in the vectors’ units; above 0. method: 2·C·V/√(2^j) of dynabro.',
      ),
  }),
  create: medianFilteredMean,
});
