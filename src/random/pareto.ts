import pow from '@stdlib/math-base-special-pow';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/**
 * F⁻¹(p) = minimum · (1 − p)^(−1/shape), with mean minimum · shape/(shape − 1), infinite for shape <= 1.
 * RangeError unless minimum > 0 and shape > 0.
 */
export const pareto = (minimum: number, shape: number): Distribution => {
  if (!(minimum > 0)) throw new RangeError(`pareto: minimum must be greater than 0, got ${minimum}.`);
  if (!(shape > 0)) throw new RangeError(`pareto: shape must be greater than 0, got ${shape}.`);
  return byInversion(
    minimum,
    () => (shape > 1 ? (minimum * shape) / (shape - 1) : Infinity),
    (p) => minimum * pow(1 - p, -1 / shape),
  );
};

export const paretoPart = definePart({
  summary: 'Heavy tail: a value x times the minimum is exceeded with probability x^−shape.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20',
  parameters: z.object({
    minimum: z.number().positive().describe('Least value, > 0, in the same unit as the value.'),
    shape: z
      .number()
      .positive()
      .describe('Tail index, > 0, without unit; the mean is infinite up to 1, the variance up to 2.'),
  }),
  create: ({ minimum, shape }) => pareto(minimum, shape),
});
