import exp from '@stdlib/math-base-special-exp';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import { constant } from './constant.js';
import type { Distribution } from './distribution.js';
import { standardNormalQuantile } from './standard-normal.js';

/** 1/√(2π) */
const densityAtZero = 0.3989422804014327;

/**
 * N(mean, deviation²), conditioned on being at least `min`: F⁻¹ of a draw from [F(min), 1).
 * Its mean is mean + deviation · φ(α)/(1 − Φ(α)) with α = (min − mean)/deviation.
 * RangeError for a deviation < 0, and where `min` lies so far above the mean that next to nothing is left (36 deviations).
 */
export const normal = (mean: number, deviation: number, min = -Infinity): Distribution => {
  if (!(deviation >= 0)) throw new RangeError(`normal: deviation must be at least 0, got ${deviation}.`);
  const alpha = deviation > 0 ? (min - mean) / deviation : min > mean ? Infinity : -Infinity;
  if (!(alpha < 36)) {
    throw new RangeError(
      `normal: min must lie less than 36 deviations above the mean, got ${min} for ${mean} ± ${deviation}.`,
    );
  }
  if (deviation === 0) return constant(mean);
  const below = normalCdf(alpha, 0, 1);
  const above = normalCdf(-alpha, 0, 1);
  // Measured from the nearer tail, whose probabilities are the more accurate.
  const standard = (p: number): number => {
    const q = below + p * above;
    return q < 0.5 ? standardNormalQuantile(q) : -standardNormalQuantile((1 - p) * above);
  };
  return byInversion(
    min,
    () => mean + (deviation * densityAtZero * exp((-alpha * alpha) / 2)) / above,
    (p) => Math.max(min, mean + deviation * standard(p)),
  );
};

export const normalPart = definePart({
  summary: 'The bell curve; cut off below `min`, where that is given.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13',
  aliases: ['gaussian'],
  parameters: z.object({
    mean: z.number().describe('Mean before cutting off, in the same unit as the value.'),
    deviation: z
      .number()
      .nonnegative()
      .describe('Standard deviation before cutting off, >= 0, in the same unit as the value.'),
    min: z
      .number()
      .optional()
      .describe('No value is less than this; no bound unless given. In the same unit as the value.'),
  }),
  create: ({ mean, deviation, min }) => normal(mean, deviation, min),
});
