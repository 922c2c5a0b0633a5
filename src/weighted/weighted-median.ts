import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import type { RobustnessConstant } from './robustness-constant.js';

/**
 * Coordinate-wise weighted median: the least value with more than half of the weight at or below it; at exactly half, the
 * midpoint to the next value. NaN counts as +∞, so that non-finite values with less than half of the weight of a
 * coordinate never make the result non-finite. Unit weights give the unweighted rule.
 * Dahan & Levy 2024. Expected O(d·m).
 */
export const weightedMedian = (): AggregatorRule => (shape) =>
  (shape.kernels ?? plainKernels()).vectors.weightedMedian(shape);

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda) => 1 / (1 - 2 * lambda),
    formula: '1/(1−2λ)',
    status: 'proved',
    source: 'One-sided Chebyshev inequality in each coordinate; attained.',
  },
  {
    name: 'c_λ',
    value: (lambda) => ((1 - lambda) / (1 - 2 * lambda)) ** 2,
    formula: '(1 + λ/(1−2λ))²',
    status: 'published',
    source: 'Dahan & Levy 2024, lemma C.3: (1 + λ/(1−2λ))².',
  },
];

export const weightedMedianPart = definePart({
  summary: 'Coordinate-wise weighted median, with the midpoint at exactly half of the weight.',
  source: 'Dahan & Levy, "Weight for Robustness", NeurIPS 2024, lemma C.3; unweighted: Yin et al., ICML 2018.',
  precondition: 'Byzantine workers hold less than half of the weight.',
  aliases: ['median', 'coordinate-wise-median', 'weighted-median', 'wcwmed'],
  complexity: 'O(d·m), expected',
  constants,
  parameters: z.strictObject({}),
  create: weightedMedian,
});
