import type { Scores } from '../learning/objective.js';
import { byzantineShare, type ByzantineShareState } from './byzantine-share.js';
import { type JsonNumber, jsonNumber, type JsonScores, jsonScores } from './json-number.js';
import type { Reader } from './reader.js';
import { staleness, type StalenessHistogram, type StalenessStatistics } from './staleness.js';
import { traceHash, type TraceHashState } from './trace-hash.js';
import { type WorkerCounts, workerCounts, type WorkerCountsState } from './worker-counts.js';

/** What a run's events say of it. Scores that are not finite are `null`. */
export interface RunSummary {
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
  /** Present if λ was given: the last prefix whose share was above λ; 0 if none was. */
  readonly byzantineBound?: { readonly lambda: number; readonly lastViolation: number };
  readonly staleness: StalenessStatistics;
  /** Scores of the last evaluation; empty if there was none. */
  readonly final: JsonScores;
  /** Best value of the metric over all evaluations, `null` if none was finite; empty without a metric or evaluation. */
  readonly best: JsonScores;
  /** Number of server steps at the first evaluation that attains `best`; absent where that has no value. */
  readonly bestStep?: number;
  /** Mean of each score over the last five evaluations after step 0, and how many these were. */
  readonly lastFive: LastFive;
  readonly workers: WorkerCounts;
}

/** Means of scores by name, over `evaluations` evaluations. */
export interface LastFive {
  readonly evaluations: number;
  readonly [score: string]: JsonNumber;
}

/** What the run's caller knows. */
export interface RunIdentity {
  readonly name: string;
  readonly seed: number;
  readonly configHash: string;
  /** How the run ended, where that is not evident. */
  readonly status?: string;
  /** Seconds of the host's clock. */
  readonly wallSeconds: number;
}

/** The content of summary.json. */
export type Summary = RunIdentity & RunSummary;

/** The score by which runs are compared, and whether more of it is better. */
export interface Metric {
  readonly name: string;
  readonly better: 'more' | 'less';
}

/** What to look for besides the counts: the metric's best value, and where the Byzantine share left the bound λ. */
export interface SummariseOptions {
  readonly metric?: Metric;
  readonly lambda?: number;
}

/** Where a summary stands. */
export interface SummariseState {
  readonly traceHash: TraceHashState;
  readonly share: ByzantineShareState;
  readonly staleness: StalenessHistogram;
  readonly workers: WorkerCountsState;
  readonly steps: number;
  readonly time: number;
  readonly final: JsonScores;
  readonly best: { readonly value: number; readonly step: number } | null;
  readonly evaluated: readonly JsonScores[];
}

const KEPT = 5;

/** Sums up a run's events, the hash of their trace included. */
export const summarise = (
  { metric, lambda }: SummariseOptions = {},
  from?: SummariseState,
): Reader<RunSummary, SummariseState> => {
  const hash = traceHash(from?.traceHash);
  const share = byzantineShare(lambda, from?.share);
  const stale = staleness(from?.staleness);
  const workers = workerCounts(from?.workers);
  let steps = from?.steps ?? 0;
  let time = from?.time ?? 0;
  let final = from?.final ?? {};
  let best = from?.best ?? null;
  let evaluated = from?.evaluated ?? [];

  const evaluate = (step: number, scores: Scores): void => {
    final = jsonScores(scores);
    if (step > 0) evaluated = [...evaluated.slice(1 - KEPT), final];
    const value = metric === undefined ? null : (final[metric.name] ?? null);
    if (value === null) return;
    if (best === null || (metric?.better === 'less' ? value < best.value : value > best.value)) best = { value, step };
  };

  return {
    update: (event) => {
      hash.update(event);
      share.update(event);
      stale.update(event);
      workers.update(event);
      time = event.time;
      if (event.kind === 'stepped' || event.kind === 'finished') steps = event.step;
      else if (event.kind === 'evaluated') evaluate(event.step, event.scores);
    },
    result: () => {
      const shares = share.result();
      const scored = metric !== undefined && Object.hasOwn(final, metric.name);
      return {
        traceHash: hash.result(),
        steps,
        messages: shares.messages,
        virtualTimeMs: time,
        byzantineShare: shares.share,
        largestByzantineShare: { share: shares.largest, message: shares.largestAt },
        ...(lambda === undefined ? {} : { byzantineBound: { lambda, lastViolation: shares.lastViolation } }),
        staleness: stale.result(),
        final,
        best: scored ? { [metric.name]: best?.value ?? null } : {},
        ...(best === null ? {} : { bestStep: best.step }),
        lastFive: meanScores(evaluated),
        workers: workers.result(),
      };
    },
    state: () => ({
      traceHash: hash.state(),
      share: share.state(),
      staleness: stale.state(),
      workers: workers.state(),
      steps,
      time,
      final,
      best,
      evaluated,
    }),
  };
};

const meanScores = (evaluated: readonly JsonScores[]): LastFive => {
  const names = Object.keys(evaluated.at(-1) ?? {});
  const mean = (name: string): JsonNumber => {
    let sum = 0;
    for (const scores of evaluated) sum += scores[name] ?? NaN;
    return jsonNumber(sum / evaluated.length);
  };
  return { ...Object.fromEntries(names.map((name) => [name, mean(name)])), evaluations: evaluated.length };
};

/** The content of summary.json, its keys in the order of the documentation. */
export const summary = (identity: RunIdentity, run: RunSummary): Summary => {
  const { name, seed, configHash, status, wallSeconds } = identity;
  const { traceHash, steps, messages, virtualTimeMs, ...rest } = run;
  const ended = status === undefined ? {} : { status };
  return { name, seed, configHash, traceHash, ...ended, steps, messages, virtualTimeMs, wallSeconds, ...rest };
};
