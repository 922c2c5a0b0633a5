import type { ReadonlyVector, Vector } from '../kernels/vector.js';

/** Writes v_s = μ + s·(v − μ) to `out`, which may be v itself; at s = 1 that is v to the last bit. O(d). */
export const displace = (mean: ReadonlyVector, lie: ReadonlyVector, strength: number, out: Vector): void => {
  for (let k = 0; k < out.length; k++) out[k] = strength === 1 ? lie[k]! : mean[k]! + strength * (lie[k]! - mean[k]!);
};
