import { z } from 'zod';
import { formulaOption } from '../registry/formula.js';

/** The option `lr` of methods: the learning rate η > 0, a number or a formula of the server step t = 1, 2, …. */
export const lrOption = (): ReturnType<typeof formulaOption> =>
  formulaOption(['t', 'step'], 'learning rate η, > 0, at server step t = 1, 2, …');

/** The option `radius` of methods: the radius > 0, in the parameters’ units, of the ball K that models are projected on. */
export const radiusOption = () =>
  z
    .number()
    .positive()
    .optional()
    .describe('radius of the ball around the origin that K is; without it, no projection');
