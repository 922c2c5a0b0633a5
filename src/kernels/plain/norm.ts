import type { ReadonlyVector } from '../vector.js';

/** ‖x‖² over the first `count` coordinates, all unless told; summed in float64 in order. O(d). */
export const squaredNorm = (x: ReadonlyVector, count = x.length): number => {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += x[k]! * x[k]!;
  return sum;
};

/** ‖x‖, the Euclidean length of `x`: the square root of `squaredNorm`. O(d). */
export const norm = (x: ReadonlyVector): number => Math.sqrt(squaredNorm(x));
