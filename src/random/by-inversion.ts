import type { Distribution } from './distribution.js';

/** The smallest and the largest draw of a stream but for 0. */
const leastDraw = 1 / 2 ** 53;
const greatestDraw = 1 - leastDraw;

/**
 * The distribution with the given quantile function. A draw of exactly 0 stands for half of the next one, 2⁻⁵⁴,
 * where the quantile of 0 is −Infinity. RangeError where values overflow, so that no draw is ever infinite.
 */
export const byInversion = (lower: number, mean: () => number, quantile: (p: number) => number): Distribution => {
  const least = Number.isFinite(quantile(0)) ? quantile(0) : quantile(leastDraw / 2);
  const greatest = quantile(greatestDraw);
  if (!Number.isFinite(least) || !Number.isFinite(greatest)) {
    throw new RangeError(
      `A distribution’s values must be finite numbers, but these parameters reach from ${least} to ${greatest}.`,
    );
  }
  return {
    lower,
    mean,
    quantile,
    sample: (random) => {
      const p = random.next();
      return p > 0 ? quantile(p) : least;
    },
  };
};
