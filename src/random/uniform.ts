import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/** F⁻¹(p) = low + p · (high − low). RangeError unless low <= high. */
export const uniform = (low: number, high: number): Distribution => {
  if (!(low <= high)) throw new RangeError(`uniform: low must be at most high, got ${low} and ${high}.`);
  const width = high - low;
  return byInversion(
    low,
    () => low + width / 2,
    (p) => low + p * width,
  );
};

export const uniformPart = definePart({
  summary: 'Anywhere between two values, with the same density.',
  source: 'Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26',
  parameters: z.object({
    low: z.number().describe('Least value, in the same unit as the value.'),
    high: z.number().describe('Greatest value, >= low, in the same unit as the value.'),
  }),
  create: ({ low, high }) => uniform(low, high),
});
