import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/**
 * Selective average: in each coordinate the weighted mean Σs_i·x_i / Σs_i over the vectors whose number there is finite. Where none
 * is, 0: a step that leaves the coordinate alone, since nothing is known of it (AggregaThor's code has 0/0 there). It mends the
 * holes of messages that come in fragments and is no defence against liars. Without holes it is the weighted mean. O(d·m).
 * Damaskinos et al., "AggregaThor", MLSys 2019: rule average-nan.
 */
export const averageNan = (): AggregatorRule => (shape) => {
  const { memory } = shape.kernels ?? plainKernels();
  const sums = memory.float64(shape.dimension);
  const found = memory.float64(shape.dimension);
  return ({ count, dimension, vectors, weights }, out) => {
    const total = totalWeight(weights, count);
    sums.fill(0);
    found.fill(0);
    for (let i = 0; i < count; i++) {
      const vector = vectors[i]!;
      const share = weights[i]! / total;
      for (let k = 0; k < dimension; k++) {
        const value = vector[k]!;
        // Only of finite numbers is the difference to themselves 0.
        if (value - value !== 0) continue;
        sums[k]! += share * value;
        found[k]! += share;
      }
    }
    for (let k = 0; k < dimension; k++) out[k] = found[k] === 0 ? 0 : sums[k]! / found[k]!;
  };
};

const constants: readonly RobustnessConstant[] = [];

export const averageNanPart = definePart({
  summary: 'Selective average: in each coordinate the mean of the numbers that have arrived; no defence against liars.',
  source: 'Damaskinos et al., "AggregaThor: Byzantine Machine Learning via Robust Gradient Aggregation", MLSys 2019.',
  precondition: 'No Byzantine workers; holes in messages may be anywhere.',
  aliases: ['averagenan', 'selective-average'],
  complexity: 'O(d·m)',
  constants,
  noConstant: 'One liar with any weight moves it anywhere; it leaves out holes only.',
  parameters: z.strictObject({}),
  create: averageNan,
});
