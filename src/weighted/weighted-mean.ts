import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/**
 * Weighted mean Σs_i·x_i / Σs_i: what a server does that trusts everybody; one Byzantine vector moves it anywhere.
 * NaN and infinite coordinates propagate to the same coordinate of the result. Unit weights give
 * the unweighted rule. O(d·m).
 */
export const weightedMean =
  (): AggregatorRule =>
  ({ count: most, kernels = plainKernels() }) => {
    const shares = new Float64Array(most);
    const { combine } = kernels.vectors;
    return ({ count, dimension, vectors, weights }, out) => {
      const total = totalWeight(weights, count);
      for (let i = 0; i < count; i++) shares[i] = weights[i]! / total;
      combine(vectors, shares, count, dimension, out);
    };
  };

const constants: readonly RobustnessConstant[] = [];

export const weightedMeanPart = definePart({
  summary: 'Weighted mean: the best rule when nobody lies, and no defence at all.',
  source: 'Dahan & Levy, "Weight for Robustness", NeurIPS 2024.',
  precondition: 'No Byzantine workers.',
  aliases: ['average', 'weighted-mean'],
  complexity: 'O(d·m)',
  constants,
  noConstant: 'One liar with any weight moves it anywhere; without liars the error is 0.',
  parameters: z.strictObject({}),
  create: weightedMean,
});
