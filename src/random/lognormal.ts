import exp from '@stdlib/math-base-special-exp';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import { constant } from './constant.js';
import type { Distribution } from './distribution.js';
import { standardNormalQuantile } from './standard-normal.js';

/** F⁻¹(p) = median · exp(sigma · Φ⁻¹(p)), with mean median · exp(sigma²/2). RangeError unless median > 0 and sigma >= 0. */
export const lognormal = (median: number, sigma: number): Distribution => {
  if (!(median > 0)) throw new RangeError(`lognormal: median must be greater than 0, got ${median}.`);
  if (!(sigma >= 0)) throw new RangeError(`lognormal: sigma must be at least 0, got ${sigma}.`);
  if (sigma === 0) return constant(median);
  return byInversion(
    0,
    () => median * exp((sigma * sigma) / 2),
    (p) => median * exp(sigma * standardNormalQuantile(p)),
  );
};

export const lognormalPart = definePart({
  summary: 'Its logarithm is normal: most values near the median, a few many times as large.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 14',
  aliases: ['log-normal'],
  parameters: z.object({
    median: z.number().positive().describe('Median, > 0, in the same unit as the value.'),
    sigma: z.number().nonnegative().describe('Standard deviation of the natural logarithm, >= 0, without unit.'),
  }),
  create: ({ median, sigma }) => lognormal(median, sigma),
});
