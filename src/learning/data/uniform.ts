import type { Random } from '../../random/random.js';

/** A uniform draw from [low, high). */
export const uniform = (random: Random, low: number, high: number): number => low + (high - low) * random.next();
