import type { Random } from '../../../random/random.js';
import type { Share } from '../../objective.js';

/**
 * Says which training rows each of `workers` ≥ 1 workers draws from. `classes` is 0 for regression. Shares other than `null` are
 * ascending, disjoint, not empty, and cover all rows. Throws a RangeError when there are more workers than rows to deal.
 */
export type Partition = (labels: Float64Array, classes: number, workers: number, random: Random) => readonly Share[];

/** Throws unless every worker can have a row of its own. */
export const requireRowEach = (rows: number, workers: number): void => {
  if (workers > rows) {
    throw new RangeError(`${workers} workers cannot share ${rows} rows: each needs at least one of its own.`);
  }
};
