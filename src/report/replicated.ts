import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import type { Axis } from './axis.js';
import { estimate } from './estimate.js';
import type { JsonNumber } from './json-number.js';
import type { Measurement } from './measurements.js';

/** A score as several replications have it at one measurement. */
export interface Banded {
  /** The mean; null where a replication's score is not finite. On a log axis 0 where one is 0 or less, which can't be drawn there. */
  readonly y: JsonNumber;
  /** Ends of the mean's 95 % confidence interval; null where there is none. */
  readonly low: JsonNumber;
  readonly high: JsonNumber;
}

/**
 * Measurements of replications, cut so that those with one index belong together. Where one replication has fewer than others, its
 * last may be of its end and not of a moment at which the others were measured too: then it is left out.
 */
export const matched = (runs: readonly (readonly Measurement[])[]): readonly (readonly Measurement[])[] => {
  const shortest = Math.min(...runs.map(({ length }) => length));
  if (shortest === 0 || runs.every(({ length }) => length === shortest))
    return runs.map((run) => run.slice(0, shortest));
  const last = runs.map((run) => run[shortest - 1]!);
  const regular = (['step', 'time'] as const).some((key) => last.every((each) => each[key] === last[0]![key]));
  return runs.map((run) => run.slice(0, regular ? shortest : shortest - 1));
};

/**
 * The mean of replications' scores with Student's 95 % interval; on a log axis both are of the logarithm, so that the mean is
 * geometric and the interval lies above 0.
 */
export const banded = (values: readonly JsonNumber[], scale: Axis['scale']): Banded => {
  const none = { low: null, high: null };
  if (values.some((value) => value === null)) return { y: null, ...none };
  if (values.length === 1) return { y: values[0]!, ...none };
  if (scale === 'log' && values.some((value) => value! <= 0)) return { y: 0, ...none };
  const { mean, halfWidth } = estimate(scale === 'log' ? values.map((value) => ln(value!)) : values);
  if (mean === null || halfWidth === null) return { y: mean, ...none };
  const shown = (value: number): number => (scale === 'log' ? exp(value) : value);
  const [low, high] = [shown(mean - halfWidth), shown(mean + halfWidth)];
  // So wide an interval that no number holds its end says nothing.
  if (!Number.isFinite(high) || (scale === 'log' && low === 0)) return { y: shown(mean), ...none };
  return { y: shown(mean), low, high };
};
