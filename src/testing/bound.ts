import { errorMeasures, type Configuration, type ErrorMeasures } from './configuration.js';

/** Relative to what a bound allows, and to the longest honest vector: what rounding may add to an error. */
const RELATIVE = 1e-6;
const ROUNDING = 1e-8;

/** The error ‖A − x̄_G‖ that c·V_G allows: √(c·V_G)·(1 + 1e-6) + 1e-8·max‖x_i‖ over honest i, which scales with the vectors. */
export const allowedError = (constant: number, { deviation, longest }: Omit<ErrorMeasures, 'error'>): number =>
  Math.sqrt(constant) * deviation * (1 + RELATIVE) + ROUNDING * longest;

/** Whether a result is within c·V_G of the honest mean, to rounding; one that isn't finite never is. */
export const isWithin = (result: readonly number[], configuration: Configuration, constant: number): boolean => {
  const measures = errorMeasures(result, configuration);
  return measures.error <= allowedError(constant, measures);
};
