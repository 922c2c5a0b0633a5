import { z } from 'zod';
import { formulaOption, toFormula, type Formula, type FormulaOption } from '../registry/formula.js';

/** The option `lr`, which all methods share. */
export const lrOption = () => formulaOption(['t', 'step'], 'learning rate η, >= 0, at server step t = 1, 2, …');

/**
 * The learning rate as a function of t (also called step), tried at the first step at which it is used, where that is known.
 * @throws OutOfRangeError when it is negative or not finite.
 */
export const learningRate = (lr: FormulaOption, first: number | null = 1): Formula =>
  toFormula(lr, 'lr', { least: 0 }, first === null ? [] : [{ t: first, step: first }]);

/** A learning rate η_t of one run, and where it can be set. */
export interface SettableRate {
  /** Holds one number: the learning rate from the next step on; NaN: the method's own. */
  readonly lr: Float64Array;
  at(t: number): number;
}

/** A run's learning rate, which is the formula's until it is set. */
export const settableRate = (formula: Formula): SettableRate => {
  const lr = new Float64Array(1).fill(NaN);
  return { lr, at: (t) => (Number.isNaN(lr[0]!) ? formula({ t, step: t }) : lr[0]!) };
};

/** The option `radius` of methods: the radius > 0, in the parameters’ units, of the ball K that models are projected on. */
export const radiusOption = () =>
  z
    .number()
    .positive()
    .optional()
    .describe('radius of the ball around the origin that K is; without it, no projection');

/** How a learning rate η_t becomes the length of a step along d̂_t: as it is, or divided by √(‖d̂_1‖² + … + ‖d̂_t‖²). */
export type StepSize = 'fixed' | 'adagrad-norm';

/** The option `step` of methods; what it is where it isn't given. */
export const stepOption = (usual: StepSize = 'fixed') =>
  z
    .enum(['fixed', 'adagrad-norm'])
    .optional()
    .describe(
      `fixed: the learning rate itself; adagrad-norm: divided by the root of the sum of all squared norms so far; ${usual} unless given`,
    );
