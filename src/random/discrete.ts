import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/**
 * `values[i]` with a probability proportional to `weights[i]`. F⁻¹(p) is the least value with F > p, whose weight is never 0.
 * RangeError unless there are as many finite values as finite weights >= 0, and a weight is positive.
 */
export const discrete = (values: readonly number[], weights: readonly number[]): Distribution => {
  if (values.length !== weights.length) {
    throw new RangeError(
      `discrete: there must be a weight for each value, got ${weights.length} for ${values.length}.`,
    );
  }
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong !== undefined) throw new RangeError(`discrete: weights must be finite numbers >= 0, got ${wrong}.`);
  // Sorted, so that a larger draw never gives a smaller value.
  const outcomes = values
    .map((value, i) => ({ value, weight: weights[i]! }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.value - b.value);
  const last = outcomes.at(-1);
  const first = outcomes[0];
  if (first === undefined || last === undefined) {
    throw new RangeError(`discrete: at least one weight must be positive, got [${weights.join(', ')}].`);
  }
  const sorted = Float64Array.from(outcomes, ({ value }) => value);
  const cumulative = new Float64Array(outcomes.length);
  let total = 0;
  let moment = 0;
  outcomes.forEach(({ value, weight }, i) => {
    total += weight;
    moment += value * weight;
    cumulative[i] = total;
  });
  return byInversion(
    first.value,
    () => moment / total,
    (p) => sorted[firstAbove(cumulative, p * total)] ?? last.value,
  );
};

/** Index of the first element of ascending `cumulative` that is greater than `bound`; its length when none is. */
const firstAbove = (cumulative: Float64Array, bound: number): number => {
  let low = 0;
  let high = cumulative.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > bound) high = middle;
    else low = middle + 1;
  }
  return low;
};

export const discretePart = definePart({
  summary: 'One of the given values, each with its weight.',
  source: 'Devroye, Non-Uniform Random Variate Generation (1986), § III.2, inversion by bisection',
  aliases: ['choice'],
  parameters: z.object({
    values: z.array(z.number()).min(1).describe('The values, finite numbers.'),
    weights: z
      .array(z.number().nonnegative())
      .min(1)
      .describe('Their weights, >= 0, one for each value; only ratios matter.'),
  }),
  create: ({ values, weights }) => discrete(values, weights),
});
