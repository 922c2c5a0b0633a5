import gammaFunction from '@stdlib/math-base-special-gamma';
import ln from '@stdlib/math-base-special-ln';
import pow from '@stdlib/math-base-special-pow';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/** F⁻¹(p) = scale · (−ln(1 − p))^(1/shape), with mean scale · Γ(1 + 1/shape). RangeError unless scale > 0 and shape > 0. */
export const weibull = (scale: number, shape: number): Distribution => {
  if (!(scale > 0)) throw new RangeError(`weibull: scale must be greater than 0, got ${scale}.`);
  if (!(shape > 0)) throw new RangeError(`weibull: shape must be greater than 0, got ${shape}.`);
  return byInversion(
    0,
    () => scale * gammaFunction(1 + 1 / shape),
    // Subtracted from 0 so that p = 0 gives 0 and not −0.
    (p) => scale * pow(0 - ln(1 - p), 1 / shape),
  );
};

export const weibullPart = definePart({
  summary: 'Times to failure: wearing out with a shape above 1, infant mortality below, exponential at 1.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 21',
  parameters: z.object({
    scale: z
      .number()
      .positive()
      .describe('Scale, > 0, in the same unit as the value; 63.2% of the values lie below it.'),
    shape: z.number().positive().describe('Shape, > 0, without unit.'),
  }),
  create: ({ scale, shape }) => weibull(scale, shape),
});
