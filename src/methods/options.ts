import { z } from 'zod';
import { formulaOption, toFormula, type Formula, type FormulaOption } from '../registry/formula.js';

/** The option `lr`, which all methods share. */
export const lrOption = () => formulaOption(['t', 'step'], 'learning rate η, >= 0, at server step t = 1, 2, …');

/** The learning rate as a function of t (also called step). @throws OutOfRangeError when it is negative or not finite. */
export const learningRate = (lr: FormulaOption): Formula => toFormula(lr, 'lr', { least: 0 }, [{ t: 1, step: 1 }]);

/** The option `radius` of methods: the radius > 0, in the parameters’ units, of the ball K that models are projected on. */
export const radiusOption = () =>
  z
    .number()
    .positive()
    .optional()
    .describe('radius of the ball around the origin that K is; without it, no projection');
