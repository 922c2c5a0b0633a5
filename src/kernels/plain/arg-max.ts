import type { ReadonlyVector } from '../vector.js';

/** The k in [0, count) with the largest values[offset + k]; the first of equals. */
export const argMax = (values: ReadonlyVector, offset: number, count: number): number => {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[offset + k]! > values[offset + best]!) best = k;
  return best;
};
