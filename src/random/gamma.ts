import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/** F⁻¹(p) = scale · P⁻¹(shape, p), P the regularised lower incomplete gamma function. RangeError unless shape > 0 and scale > 0. */
export const gamma = (shape: number, scale: number): Distribution => {
  if (!(shape > 0)) throw new RangeError(`gamma: shape must be greater than 0, got ${shape}.`);
  if (!(scale > 0)) throw new RangeError(`gamma: scale must be greater than 0, got ${scale}.`);
  return byInversion(
    0,
    () => shape * scale,
    (p) => scale * gammaQuantile(p, shape, 1),
  );
};

export const gammaPart = definePart({
  summary: 'The sum of `shape` exponential waiting times with mean `scale`, also for shapes between whole numbers.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 17',
  parameters: z.object({
    shape: z.number().positive().describe('Shape, > 0, without unit.'),
    scale: z.number().positive().describe('Scale, > 0, in the same unit as the value; the mean is shape · scale.'),
  }),
  create: ({ shape, scale }) => gamma(shape, scale),
});
