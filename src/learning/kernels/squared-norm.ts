import type { ReadonlyVector } from '../../weighted/vector.js';

/** ‖vector[0 .. count)‖², summed in float64 in order. */
export const squaredNorm = (vector: ReadonlyVector, count: number): number => {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += vector[k]! * vector[k]!;
  return sum;
};
