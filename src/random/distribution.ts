import type { Random } from './random.js';

/** A law of one real number, drawn by inversion. */
export interface Distribution {
  /** The infimum of the values it can take; −Infinity where there is none. */
  readonly lower: number;
  /** Its expectation; Infinity where that is infinite, or past the largest double. */
  mean(): number;
  /** The value that a share `p` of the draws lies at or below. Never decreases; finite for 0 < p <= 1 − 2⁻⁵³. */
  quantile(p: number): number;
  /** One value, made of exactly one draw from `random`; always finite. */
  sample(random: Random): number;
}
