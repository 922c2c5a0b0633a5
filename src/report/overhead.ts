import { type JsonNumber, jsonNumber } from './json-number.js';
import type { Measurement } from './measurements.js';
import type { Metric, Summary } from './summary.js';

/** How much more a run takes than a baseline on the same seed: 0.5 is half as much again. `null`: not known, or never reached. */
export interface Overhead {
  /** The baseline's name. */
  readonly against: string;
  /** The value of the metric that both are to reach. */
  readonly reach: JsonNumber;
  /** Of virtual time per step. */
  readonly throughput: JsonNumber;
  /** Of the virtual time, and of the server steps, until the metric first reaches `reach`. */
  readonly convergence: JsonNumber;
  readonly convergenceSteps: JsonNumber;
}

/** A run as far as it is compared. */
export interface Paced {
  readonly summary: Pick<Summary, 'best' | 'communication'>;
  readonly measurements: readonly Measurement[];
}

/** The share of the baseline's way to its best that is to be reached, unless told. */
const SHARE = 0.95;

/**
 * What a baseline's metric is to reach, unless told: 95 % of its best where more is better. Where less is better, a share of the best
 * would be no such mark, since a loss may come near 0, or below: there it is 95 % of the way down from the first model's to the
 * best. `null` where it has no best.
 */
export const reachOf = ({ summary, measurements }: Paced, { name, better }: Metric): JsonNumber => {
  const best = summary.best[name] ?? null;
  if (best === null || better === 'more') return best === null ? null : SHARE * best;
  const first = measurements[0]?.[name] ?? null;
  return first === null ? null : jsonNumber(first - SHARE * (first - best));
};

/** The first measurement at which the metric is as good as `reach`, or better. */
const firstAt = (
  measurements: readonly Measurement[],
  { name, better }: Metric,
  reach: JsonNumber,
): Measurement | undefined =>
  reach === null
    ? undefined
    : measurements.find(
        ({ [name]: value = null }) => value !== null && (better === 'more' ? value >= reach : value <= reach),
      );

const overhead = (value: JsonNumber | undefined, baseline: JsonNumber | undefined): JsonNumber =>
  typeof value !== 'number' || typeof baseline !== 'number' || baseline === 0 ? null : jsonNumber(value / baseline - 1);

/** What a run takes more than a baseline, whose metric it is measured by; `reach`: what the metric is to reach. */
export const overheadOf = (
  run: Paced,
  baseline: Paced,
  {
    against,
    metric,
    reach,
  }: { readonly against: string; readonly metric: Metric; readonly reach?: number | undefined },
): Overhead => {
  const mark = reach ?? reachOf(baseline, metric);
  const [own, other] = [run, baseline].map(({ measurements }) => firstAt(measurements, metric, mark));
  // Where there is no clock, times count arrivals.
  const timed = [run, baseline].every(({ summary }) => summary.communication.timePerStepMs !== undefined);
  return {
    ...{ against, reach: mark },
    throughput: overhead(run.summary.communication.timePerStepMs, baseline.summary.communication.timePerStepMs),
    convergence: timed ? overhead(own?.time, other?.time) : null,
    convergenceSteps: overhead(own?.step, other?.step),
  };
};
