import quantile from '@stdlib/stats-base-dists-t-quantile';
import type { JsonNumber } from './json-number.js';

/** What several runs of one scenario say of a score. */
export interface Estimate {
  /** Mean; null where a run's score is not finite. */
  readonly mean: JsonNumber;
  /** Half the width of the mean's 95 % confidence interval, by Student's t; null with fewer than two runs or without a mean. */
  readonly halfWidth: JsonNumber;
}

/** The mean of independent runs' scores, with Student's 95 % confidence interval ("Student" 1908). A score that isn't finite spoils both. */
export const estimate = (values: readonly JsonNumber[]): Estimate => {
  const { length } = values;
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (length === 0 || finite.length < length) return { mean: null, halfWidth: null };
  const mean = finite.reduce((sum, value) => sum + value / length, 0);
  if (length === 1) return { mean, halfWidth: null };
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2 / (length - 1), 0);
  return { mean, halfWidth: quantile(0.975, length - 1) * Math.sqrt(variance / length) };
};
