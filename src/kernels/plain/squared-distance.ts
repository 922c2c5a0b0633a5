import type { ReadonlyVector } from '../vector.js';

/** ‖x − y‖², subtracted and summed in float64: float32 differences would lose a small spread beside large vectors. O(d). */
export const squaredDistance = (x: ReadonlyVector, y: ReadonlyVector, dimension: number): number => {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 1 < dimension; k += 2) {
    const a = x[k]! - y[k]!;
    const b = x[k + 1]! - y[k + 1]!;
    even += a * a;
    odd += b * b;
  }
  if (k < dimension) even += (x[k]! - y[k]!) * (x[k]! - y[k]!);
  return even + odd;
};
