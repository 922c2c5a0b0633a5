import type { ActivityStatistics } from './activity.js';
import type { Communication } from './communication.js';
import type { Condition } from './condition.js';
import type { Contraction } from './contraction.js';
import type { Incidents } from './incidents.js';
import type { JsonScores } from './json-number.js';
import type { LastFive } from './last-five.js';
import type { Overhead } from './overhead.js';
import type { StalenessBins, StalenessStatistics } from './staleness.js';
import type { Traffic } from './traffic.js';
import type { Work } from './work.js';
import type { WorkerCounts } from './worker-counts.js';

/** What a run's events say of it. Scores that are not finite are `null`. */
export interface RunSummary extends Incidents, Work {
  readonly traceHash: string;
  /** Server steps. */
  readonly steps: number;
  /** Messages received by the server. */
  readonly messages: number;
  /** Time of the last event. */
  readonly virtualTimeMs: number;
  /** Share of Byzantine ones among all messages; 0 if there were none. */
  readonly byzantineShare: number;
  /** Its largest value over all prefixes of the run, and the length of the first that attains it. */
  readonly largestByzantineShare: { readonly share: number; readonly message: number };
  /** Present if λ was given: the last and the first prefix whose share was above λ, 0 if none was, and how many were. */
  readonly byzantineBound?: {
    readonly lambda: number;
    readonly lastViolation: number;
    readonly firstViolation: number;
    readonly violations: number;
  };
  /** Present if asked for: at which steps the condition of the rule's theorem held. */
  readonly condition?: Condition;
  readonly staleness: StalenessStatistics;
  readonly stalenessHistogram: StalenessBins;
  readonly traffic: Traffic;
  /** What a step takes. */
  readonly communication: Communication;
  /** Present where servers agree on their models. */
  readonly contraction?: Contraction;
  /** Of a run with a clock: what workers did with their time. */
  readonly activity?: Omit<ActivityStatistics, 'workers'>;
  /** Scores of the last evaluation; empty if there was none. */
  readonly final: JsonScores;
  /** Best value of the metric over all evaluations, `null` if none was finite; empty without a metric or evaluation. */
  readonly best: JsonScores;
  /** Number of server steps at the first evaluation that attains `best`; absent where that has no value. */
  readonly bestStep?: number;
  /** Mean of each score over the last five evaluations after step 0, and how many these were. */
  readonly lastFive: LastFive;
  readonly workers: WorkerCounts & Partial<ActivityStatistics['workers']>;
}

/** What the run's caller knows. */
export interface RunIdentity {
  readonly name: string;
  readonly seed: number;
  readonly configHash: string;
  /** How the run ended, where that is not evident. */
  readonly status?: string;
  /** Preconditions of the protocol's theorem that don't hold, a sentence each; present where some don't. */
  readonly outsideTheorem?: readonly string[];
  /** Seconds of the host's clock. */
  readonly wallSeconds: number;
}

/** The content of summary.json; `theory`: what the theorems of the method say, where some are known; `overhead`: against another run, where it is asked for. */
export type Summary = RunIdentity & RunSummary & { readonly theory?: object; readonly overhead?: Overhead };

/** The score by which runs are compared, and whether more of it is better. */
export interface Metric {
  readonly name: string;
  readonly better: 'more' | 'less';
}

/** The content of summary.json, its keys in the order of the documentation. */
export const summary = (identity: RunIdentity, run: RunSummary): Summary => {
  const { name, seed, configHash, status, outsideTheorem, wallSeconds } = identity;
  const { traceHash, steps, messages, gradients, passes, virtualTimeMs, ...rest } = run;
  const counts = { steps, messages, gradients, ...(passes === undefined ? {} : { passes }) };
  const ended = status === undefined ? {} : { status };
  const outside = outsideTheorem && { outsideTheorem };
  return { name, seed, configHash, traceHash, ...ended, ...outside, ...counts, virtualTimeMs, wallSeconds, ...rest };
};
