import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { byInversion } from './by-inversion.js';
import type { Distribution } from './distribution.js';

/** Always `value`; a draw is made all the same, so that other distributions can take its place without moving the stream. */
export const constant = (value: number): Distribution =>
  byInversion(
    value,
    () => value,
    () => value,
  );

export const constantPart = definePart({
  summary: 'Always the same value.',
  source: 'The degenerate distribution',
  aliases: ['fixed'],
  parameters: z.object({
    value: z.number().describe('The value, a finite number.'),
  }),
  create: ({ value }) => constant(value),
});
