import { z } from 'zod';
import { formulaOption } from '../registry/formula.js';

/** Options that methods share. */
export const lrOption = (): ReturnType<typeof formulaOption> =>
  formulaOption(['t', 'step'], 'learning rate η, > 0, at server step t = 1, 2, …');

export const radiusOption = () =>
  z
    .number()
    .positive()
    .optional()
    .describe('radius of the ball around the origin that K is; without it, no projection');
