import erfcinv from '@stdlib/math-base-special-erfcinv';

/**
 * Φ⁻¹(p), the standard normal law's quantile, for p in [0, 1]; −∞ and ∞ at the ends. By the complementary error function's
 * inverse, Φ⁻¹(p) = −√2·erfc⁻¹(2p), which keeps its relative accuracy in the lower tail down to p = 1e-300.
 */
// Subtracted from 0 so that p = 1/2 gives 0 and not −0.
export const standardNormalQuantile = (p: number): number => 0 - Math.SQRT2 * erfcinv(2 * p);
