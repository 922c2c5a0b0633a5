import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { finiteVectors } from './finite-vectors.js';
import { linearCombination } from '../kernels/plain/linear-combination.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { squaredDistance } from '../kernels/plain/squared-distance.js';
import { weightedMean } from './weighted-mean.js';
import { weightedMedian } from './weighted-median.js';

/** The options of `weiszfeld`. */
export interface WeiszfeldOptions {
  /** Number of steps, at least 1. Default 3. */
  readonly iterations?: number;
  /** ν: distances below this count as this, in the units of the vectors; above 0. Default 1e-6. */
  readonly smoothing?: number;
  /** Where the first step begins: at 0, the default, the weighted mean, or the weighted median. */
  readonly start?: 'zero' | 'mean' | 'cwmed';
}

/**
 * Robust federated averaging: `iterations` smoothed Weiszfeld steps z ← Σβ_i·x_i / Σβ_i, β_i = s_i / max(‖z − x_i‖, ν),
 * towards the weighted geometric median. The authors' code takes 3 steps from 0 with ν = 0, which divides by zero when z
 * meets a vector, as it does after one step when all are equal. Few steps don't imply the geometric median's constant, and
 * a start at 0 isn't moved by a translation. Vectors that aren't finite are left out with their weight; with none left the
 * result is NaN. The unweighted rule is this one with unit weights. Pillutla et al. 2022. O(iterations·d·m).
 */
export const weiszfeld =
  ({ iterations = 3, smoothing = 1e-6, start = 'zero' }: WeiszfeldOptions = {}): AggregatorRule =>
  (shape) => {
    const selectFinite = finiteVectors(shape);
    const shares = new Float64Array(shape.count);
    const point = new Float64Array(shape.dimension);
    const combine = linearCombination();
    const begin = start === 'mean' ? weightedMean()(shape) : start === 'cwmed' ? weightedMedian()(shape) : null;
    return (input, out) => {
      const finite = selectFinite(input);
      const { count, dimension, vectors, weights } = finite;
      if (count === 0) {
        out.fill(NaN);
        return;
      }
      if (begin) begin(finite, point);
      else point.fill(0);
      for (let iteration = 0; iteration < iterations; iteration++) {
        let total = 0;
        for (let i = 0; i < count; i++) {
          const distance = Math.sqrt(squaredDistance(point, vectors[i]!, dimension));
          shares[i] = weights[i]! / Math.max(distance, smoothing);
          total += shares[i]!;
        }
        for (let i = 0; i < count; i++) shares[i]! /= total;
        combine(vectors, shares, count, dimension, iteration === iterations - 1 ? out : point);
      }
    };
  };

const constants: readonly RobustnessConstant[] = [];

export const weiszfeldPart = definePart({
  summary: 'A few smoothed Weiszfeld steps towards the weighted geometric median (RFA).',
  source:
    'Pillutla, Kakade & Harchaoui, "Robust Aggregation for Federated Learning", IEEE TSP 2022; weighted and with 3 steps from 0: Dahan & Levy, NeurIPS 2024.',
  precondition: 'Byzantine workers hold less than half of the weight.',
  aliases: ['robust-federated-averaging', 'weiszfeld', 'wrfa'],
  complexity: 'O(iterations·d·m)',
  constants,
  parameters: z.strictObject({
    iterations: z.int().min(1).default(3).describe('Number of Weiszfeld steps; at least 1.'),
    smoothing: z
      .number()
      .positive()
      .default(1e-6)
      .describe('Distances below this count as this, in the units of the vectors; above 0.'),
    start: z
      .enum(['zero', 'mean', 'cwmed'])
      .default('zero')
      .describe('Where the first step begins: 0 as in the authors’ code, the weighted mean, or the weighted median.'),
  }),
  create: weiszfeld,
});
