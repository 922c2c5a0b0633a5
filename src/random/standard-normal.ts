import erfcinv from '@stdlib/math-base-special-erfcinv';

/** Φ⁻¹(p) by the complementary error function's inverse, which keeps its relative accuracy in the lower tail down to p = 1e-300. */
export const standardNormalQuantile = (p: number): number => -Math.SQRT2 * erfcinv(2 * p);
