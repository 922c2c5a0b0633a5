import type { ReadonlyVector } from '../vector.js';

/** ⟨x − centre, y − centre⟩, subtracted and summed in float64. O(d). */
export const differenceProduct = (
  x: ReadonlyVector,
  y: ReadonlyVector,
  centre: ReadonlyVector,
  dimension: number,
): number => {
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += (x[k]! - centre[k]!) * (y[k]! - centre[k]!);
  return sum;
};
