import { standardNormalQuantile } from '../random/standard-normal.js';

/**
 * The largest z at which enough honest workers are expected farther out than μ − z·σ for a lie there to win a majority:
 * the standard normal quantile of p = (n − f − s)/(n − f), s = ⌊n/2 + 1⌋ − f, with n workers, f of them Byzantine.
 * The weighted form counts updates in place of workers. p is kept within what n − f normal draws are expected to reach,
 * 1/(n − f + 1) to (n − f)/(n − f + 1), which only matters for p ≤ 0 (n ≤ 2) and p ≥ 1 (a Byzantine majority).
 * Baruch et al., NeurIPS 2019. Throws a RangeError unless 0 ≤ f < n.
 */
export const zMax = (n: number, f: number): number => {
  if (!(f >= 0 && f < n)) throw new RangeError(`zMax needs 0 ≤ f < n, got n = ${n} and f = ${f}`);
  const honest = n - f;
  const supporters = Math.floor(n / 2 + 1) - f;
  const outermost = 1 / (honest + 1);
  const p = Math.min(1 - outermost, Math.max(outermost, (honest - supporters) / honest));
  return standardNormalQuantile(p);
};
