import { standardNormalQuantile } from '../random/standard-normal.js';
import type { Draws } from '../weighted/aggregator.js';

/** Half of the smallest draw that isn't 0, which stands for draws of 0: no quantile is infinite. */
const LEAST = 2 ** -54;

/** A standard normal number from one draw, by inversion. */
export const normalDraw = (draws: Draws): number => standardNormalQuantile(Math.max(LEAST, draws.next()));
