import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import type { Vector } from '../vector.js';

/** Writes e^{z_k}/Σ_j e^{z_j} of z = logits[offset .. offset + classes) to the same place of `out`, and returns ln Σ_j e^{z_j}. `out` may be `logits`. */
export const softmax = (logits: Vector, offset: number, classes: number, out: Vector): number => {
  let largest = logits[offset]!;
  for (let k = 1; k < classes; k++) if (logits[offset + k]! > largest) largest = logits[offset + k]!;
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    const e = exp(logits[offset + k]! - largest);
    out[offset + k] = e;
    sum += e;
  }
  for (let k = 0; k < classes; k++) out[offset + k]! /= sum;
  return largest + ln(sum);
};
