import ln from '@stdlib/math-base-special-ln';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/** F⁻¹(p) = −mean · ln(1 − p): waiting times without memory. RangeError unless mean > 0. */
export const exponential = (mean: number): Distribution => {
  if (!(mean > 0)) throw new RangeError(`exponential: mean must be greater than 0, got ${mean}.`);
  return byInversion(
    0,
    () => mean,
    // Subtracted from 0 so that p = 0 gives 0 and not −0.
    (p) => 0 - mean * ln(1 - p),
  );
};

export const exponentialPart = definePart({
  summary: 'Waiting times without memory.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 19',
  aliases: ['expo'],
  parameters: z.object({
    mean: z.number().positive().describe('Mean, > 0, in the same unit as the value.'),
  }),
  create: ({ mean }) => exponential(mean),
});
