import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';

/**
 * ln(1 + eᵗ) to a few units in the last place for every t, without overflow.
 * ln(1 + e) is taken as ln(u)·e/(u − 1) at the rounded u = 1 + e, which undoes the rounding (Higham 2002, §1.14.1).
 */
export const softplus = (t: number): number => {
  const e = exp(-Math.abs(t));
  const u = 1 + e;
  const tail = u === 1 ? e : (ln(u) * e) / (u - 1);
  return t > 0 ? t + tail : tail;
};
