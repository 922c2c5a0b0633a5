import type { SimulationEvent } from '../engine/event.js';
import type { Scores } from '../learning/objective.js';
import { activity, type ActivityReader, type ActivityStatistics } from './activity.js';
import { byzantineShare } from './byzantine-share.js';
import { causes, communicationOf } from './communication.js';
import { condition } from './condition.js';
import { contraction } from './contraction.js';
import { incidents } from './incidents.js';
import { type JsonScores, jsonScores } from './json-number.js';
import { meanScores } from './last-five.js';
import type { Reader } from './reader.js';
import { staleness, stalenessBins, type StalenessHistogram } from './staleness.js';
import type { Lately, SummariseOptions, SummariseState } from './summarise-state.js';
import type { RunSummary } from './summary.js';
import { traceHash } from './trace-hash.js';
import { traffic } from './traffic.js';
import { warmUpEnd } from './warm-up.js';
import { work } from './work.js';
import { workerCounts } from './worker-counts.js';

const KEPT = 5;

class Summariser implements SummaryReader {
  readonly #hash: ReturnType<typeof traceHash>;
  readonly #share: ReturnType<typeof byzantineShare>;
  #staleness: ReturnType<typeof staleness>;
  readonly #workers: ReturnType<typeof workerCounts>;
  readonly #traffic: ReturnType<typeof traffic>;
  readonly #causes: ReturnType<typeof causes>;
  readonly #contraction: ReturnType<typeof contraction>;
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
    const { lambda, warmUp, sizes, timed = false, phased = true } = options;
    this.#hash = traceHash(from?.traceHash);
    this.#share = byzantineShare(lambda, from?.share);
    this.#staleness = staleness(from?.staleness);
    this.#workers = workerCounts(from?.workers);
    this.#traffic = traffic(sizes, from?.traffic);
    this.#causes = causes(from?.causes);
    this.#contraction = contraction(from?.contraction);
    this.#condition = options.condition && condition(options.condition, from?.condition ?? undefined);
    this.#activity = timed && phased ? activity(from?.activity ?? undefined) : undefined;
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
      this.#causes,
      this.#contraction,
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
    const { bytesDown, bytesUp, bytesBetween } = this.#traffic.result();
    return {
      ...(this.#condition && { byzantineWeight: this.#condition.lambda() }),
      ...(bytesDown !== undefined && bytesUp !== undefined && { bytesDown, bytesUp }),
      ...(bytesBetween !== undefined && { bytesBetween }),
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
    const sent = this.#traffic.result();
    const contracted = this.#contraction.result();
    const time = this.options.timed ? this.#time : undefined;
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
      traffic: sent,
      communication: communicationOf(this.#causes.result(), sent, this.#steps, time),
      ...(contracted && { contraction: contracted }),
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
      causes: this.#causes.state(),
      contraction: this.#contraction.state(),
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
