import type { SimulationEvent } from '../engine/event.js';
import type { Scores } from '../learning/objective.js';
import { activity, type ActivityReader, type ActivityState, type ActivityStatistics } from './activity.js';
import { byzantineShare, type ByzantineShareState } from './byzantine-share.js';
import { condition, type ConditionOptions, type ConditionState } from './condition.js';
import { incidents, type IncidentsState } from './incidents.js';
import { type JsonNumber, jsonNumber, type JsonScores, jsonScores } from './json-number.js';
import type { Reader } from './reader.js';
import { staleness, stalenessBins, type StalenessHistogram } from './staleness.js';
import type { LastFive, Metric, RunSummary } from './summary.js';
import { traceHash, type TraceHashState } from './trace-hash.js';
import { type MessageSizes, traffic, type TrafficState } from './traffic.js';
import { type WarmUp, warmUpEnd } from './warm-up.js';
import { type DataSizes, work } from './work.js';
import { workerCounts, type WorkerCountsState } from './worker-counts.js';

/** What to look for besides the counts. */
export interface SummariseOptions {
  /** The score whose best value is kept. */
  readonly metric?: Metric;
  /** λ, to tell which prefixes had a larger Byzantine share. */
  readonly lambda?: number;
  /** What the rule's theorem asks for, to tell at which steps it held. */
  readonly condition?: ConditionOptions;
  /** Bytes of models and messages. */
  readonly sizes?: MessageSizes;
  /** Rows of a minibatch and of the data, where there are any. */
  readonly data?: DataSizes;
  /** Whether the run has a clock, so that workers' time can be divided up; false unless given. */
  readonly timed?: boolean;
  /** Statistics of staleness and of workers' time begin after it; at once unless given. */
  readonly warmUp?: WarmUp;
}

/** Where a summary stands. */
export interface SummariseState {
  readonly traceHash: TraceHashState;
  readonly share: ByzantineShareState;
  readonly staleness: StalenessHistogram;
  readonly workers: WorkerCountsState;
  readonly traffic: TrafficState;
  readonly condition: ConditionState | null;
  readonly activity: ActivityState | null;
  readonly incidents: IncidentsState;
  readonly gradients: number;
  readonly warm: boolean;
  readonly last: Lately;
  readonly steps: number;
  readonly time: number;
  readonly final: JsonScores;
  readonly best: { readonly value: number; readonly step: number } | null;
  readonly evaluated: readonly JsonScores[];
}

/** What happened between the last two evaluations. */
interface Lately {
  readonly time: number;
  readonly computing: number;
  readonly utilisation: JsonNumber;
}

const KEPT = 5;

class Summariser implements SummaryReader {
  readonly #hash: ReturnType<typeof traceHash>;
  readonly #share: ReturnType<typeof byzantineShare>;
  #staleness: ReturnType<typeof staleness>;
  readonly #workers: ReturnType<typeof workerCounts>;
  readonly #traffic: ReturnType<typeof traffic>;
  readonly #condition: ReturnType<typeof condition> | undefined;
  readonly #incidents: ReturnType<typeof incidents>;
  readonly #work: ReturnType<typeof work>;
  readonly #activity: ActivityReader | undefined;
  #warm: boolean;
  #last: Lately;
  #steps: number;
  #time: number;
  #final: JsonScores;
  #best: SummariseState['best'];
  #evaluated: readonly JsonScores[];

  constructor(
    readonly options: SummariseOptions,
    from?: SummariseState,
  ) {
    const { lambda, warmUp, sizes, timed = false } = options;
    this.#hash = traceHash(from?.traceHash);
    this.#share = byzantineShare(lambda, from?.share);
    this.#staleness = staleness(from?.staleness);
    this.#workers = workerCounts(from?.workers);
    this.#traffic = traffic(sizes, from?.traffic);
    this.#condition = options.condition && condition(options.condition, from?.condition ?? undefined);
    this.#activity = timed ? activity(from?.activity ?? undefined) : undefined;
    this.#incidents = incidents(from?.incidents);
    this.#work = work(options.data, from?.gradients);
    this.#warm = from?.warm ?? warmUp === undefined;
    this.#last = from?.last ?? { time: 0, computing: 0, utilisation: null };
    this.#steps = from?.steps ?? 0;
    this.#time = from?.time ?? 0;
    this.#final = from?.final ?? {};
    this.#best = from?.best ?? null;
    this.#evaluated = from?.evaluated ?? [];
  }

  update(event: SimulationEvent): void {
    const { warmUp } = this.options;
    const end = this.#warm || !warmUp ? undefined : warmUpEnd(warmUp, event);
    if (end !== undefined && event.kind !== 'stepped') this.#restart(end);
    for (const reader of [
      this.#hash,
      this.#share,
      this.#staleness,
      this.#workers,
      this.#traffic,
      this.#condition,
      this.#activity,
      this.#incidents,
      this.#work,
    ])
      reader?.update(event);
    if (end !== undefined && event.kind === 'stepped') this.#restart(end);
    // A run that ends before it is warm has no statistics, rather than those of its warm-up.
    if (!this.#warm && event.kind === 'finished') this.#restart(event.time);
    this.#time = event.time;
    if (event.kind === 'stepped' || event.kind === 'finished') this.#steps = event.step;
    else if (event.kind === 'evaluated') this.#evaluate(event.step, event.scores);
  }

  #restart(time: number): void {
    this.#warm = true;
    this.#staleness = staleness();
    this.#workers.restart();
    this.#activity?.restart(time);
    this.#last = { time, computing: 0, utilisation: null };
  }

  #evaluate(step: number, scores: Scores): void {
    const { metric } = this.options;
    this.#final = jsonScores(scores);
    if (step > 0) this.#evaluated = [...this.#evaluated.slice(1 - KEPT), this.#final];
    if (this.#activity) this.#last = this.#lately(this.#activity.computing());
    const value = metric === undefined ? null : (this.#final[metric.name] ?? null);
    const best = this.#best;
    if (value === null) return;
    if (best === null || (metric?.better === 'less' ? value < best.value : value > best.value))
      this.#best = { value, step };
  }

  #lately(computing: number): Lately {
    const { time, computing: before } = this.#last;
    const capacity = (this.#time - time) * this.#workers.result().count;
    return { time: this.#time, computing, utilisation: capacity > 0 ? (computing - before) / capacity : null };
  }

  columns(): JsonScores {
    const { bytesDown, bytesUp } = this.#traffic.result();
    return {
      ...(this.#condition && { byzantineWeight: this.#condition.lambda() }),
      ...(bytesDown !== undefined && bytesUp !== undefined && { bytesDown, bytesUp }),
      ...this.#work.result(),
      ...(this.#activity && { utilisation: this.#last.utilisation }),
    };
  }

  result(): RunSummary {
    const { metric, lambda } = this.options;
    const shares = this.#share.result();
    const { lastViolation, firstViolation, violations } = shares;
    const scored = metric !== undefined && Object.hasOwn(this.#final, metric.name);
    const { workers, ...rest } = this.#activity?.result() ?? {};
    return {
      traceHash: this.#hash.result(),
      steps: this.#steps,
      messages: shares.messages,
      ...this.#work.result(),
      virtualTimeMs: this.#time,
      byzantineShare: shares.share,
      largestByzantineShare: { share: shares.largest, message: shares.largestAt },
      ...(lambda === undefined ? {} : { byzantineBound: { lambda, lastViolation, firstViolation, violations } }),
      ...(this.#condition && { condition: this.#condition.result() }),
      staleness: this.#staleness.result(),
      stalenessHistogram: stalenessBins(this.#staleness.state()),
      traffic: this.#traffic.result(),
      ...(this.#activity && { activity: rest as Omit<ActivityStatistics, 'workers'> }),
      ...this.#incidents.result(),
      final: this.#final,
      best: scored ? { [metric.name]: this.#best?.value ?? null } : {},
      ...(this.#best === null ? {} : { bestStep: this.#best.step }),
      lastFive: meanScores(this.#evaluated),
      workers: { ...this.#workers.result(), ...workers },
    };
  }

  stalenessHistogram(): StalenessHistogram {
    return this.#staleness.state();
  }

  state(): SummariseState {
    return {
      traceHash: this.#hash.state(),
      share: this.#share.state(),
      staleness: this.#staleness.state(),
      workers: this.#workers.state(),
      traffic: this.#traffic.state(),
      condition: this.#condition?.state() ?? null,
      activity: this.#activity?.state() ?? null,
      incidents: this.#incidents.state(),
      gradients: this.#work.state(),
      warm: this.#warm,
      last: this.#last,
      steps: this.#steps,
      time: this.#time,
      final: this.#final,
      best: this.#best,
      evaluated: this.#evaluated,
    };
  }
}

/** Sums up a run; besides, what it has to say at an evaluation, and the exact histogram of staleness after the warm-up. */
export interface SummaryReader extends Reader<RunSummary, SummariseState> {
  /** Of the last evaluation: Byzantine share of the weight; bytes, gradients and passes so far; utilisation since the one before. */
  columns(): JsonScores;
  stalenessHistogram(): StalenessHistogram;
}

/** Sums up a run's events, the hash of their trace included. */
export const summarise = (options: SummariseOptions = {}, from?: SummariseState): SummaryReader =>
  new Summariser(options, from);

const meanScores = (evaluated: readonly JsonScores[]): LastFive => {
  const names = Object.keys(evaluated.at(-1) ?? {});
  const mean = (name: string): JsonNumber => {
    let sum = 0;
    for (const scores of evaluated) sum += scores[name] ?? NaN;
    return jsonNumber(sum / evaluated.length);
  };
  return { ...Object.fromEntries(names.map((name) => [name, mean(name)])), evaluations: evaluated.length };
};
