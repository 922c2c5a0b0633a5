import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import { RunningMean } from '../kernels/plain/running-mean.js';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/**
 * Weighted mean Σs_i·x_i / Σs_i: what a server does that trusts everybody; one Byzantine vector moves it anywhere.
 * NaN and infinite coordinates propagate to the same coordinate of the result. Unit weights give
 * the unweighted rule. O(d·m); O(d) where one of many vectors at a time changes and says so.
 */
export const weightedMean = (): AggregatorRule => (shape) => {
  const { count: most, kernels = plainKernels() } = shape;
  const shares = new Float64Array(most);
  const { combine } = kernels.vectors;
  const running = new RunningMean(shape);
  return (input, out) => {
    if (running.take(input, out)) return;
    const { count, dimension, vectors, weights } = input;
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
  complexity: 'O(d·m); O(d) on each arrival from 256 workers on',
  constants,
  noConstant: 'One liar with any weight moves it anywhere; without liars the error is 0.',
  parameters: z.strictObject({}),
  create: weightedMean,
});
