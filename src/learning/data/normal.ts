import quantile from '@stdlib/stats-base-dists-normal-quantile';

import type { Random } from '../../random/random.js';

/** The least probability that is inverted: a draw of 0 would give −∞. */
const LEAST = 2 ** -54;

/** A standard normal draw, by inversion of one uniform draw. */
export const normal = (random: Random): number => quantile(Math.max(random.next(), LEAST), 0, 1);
