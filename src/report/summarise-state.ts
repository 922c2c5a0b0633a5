import type { ActivityState } from './activity.js';
import type { ByzantineShareState } from './byzantine-share.js';
import type { CausesState } from './communication.js';
import type { ConditionOptions, ConditionState } from './condition.js';
import type { ContractionState } from './contraction.js';
import type { IncidentsState } from './incidents.js';
import type { JsonNumber, JsonScores } from './json-number.js';
import type { StalenessHistogram } from './staleness.js';
import type { Metric } from './summary.js';
import type { TraceHashState } from './trace-hash.js';
import type { MessageSizes, TrafficState } from './traffic.js';
import type { WarmUp } from './warm-up.js';
import type { DataSizes } from './work.js';
import type { WorkerCountsState } from './worker-counts.js';

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
  /** Whether a worker's rounds have a download, work and an upload one after another, so that its time can be divided up; true unless given. */
  readonly phased?: boolean;
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
  readonly causes: CausesState;
  readonly contraction: ContractionState;
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
export interface Lately {
  readonly time: number;
  readonly computing: number;
  readonly utilisation: JsonNumber;
}
