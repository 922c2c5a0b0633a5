export { activity, type ActivityReader, type ActivityState, type ActivityStatistics } from './activity.js';
export { byzantineShare, type ByzantineShare, type ByzantineShareState } from './byzantine-share.js';
export { type CheckCurve, checkFigureSpec } from './check-figure.js';
export { type BoundBeside, type CheckRow, checkTable, quotientText } from './check-table.js';
export { causes, type Causes, type CausesState, type Communication, communicationOf } from './communication.js';
export {
  type Condition,
  condition,
  type ConditionBound,
  type ConditionOptions,
  type ConditionState,
} from './condition.js';
export { contraction, type Contraction, type ContractionState } from './contraction.js';
export { duration } from './duration.js';
export { estimate, type Estimate } from './estimate.js';
export type { Curve, Panel } from './figure-panel.js';
export { type FigureOptions, figureSpec } from './figure-spec.js';
export { figureSvg } from './figure-svg.js';
export { type Heatmap, type HeatmapCell, heatmapSpec } from './heatmap-figure.js';
export { jsonNumber, type JsonNumber, type JsonScores, jsonScores } from './json-number.js';
export { measure, measuredColumns, type Measurement, measurements, type MeasureState } from './measurements.js';
export { type Guarded, markedName, outsideNotes, outsideText } from './outside-theorem.js';
export { type Overhead, overheadOf, type Paced, reachOf } from './overhead.js';
export { overheadTable } from './overhead-table.js';
export { PerfettoTrace } from './perfetto.js';
export type { TraceEvent } from './perfetto-event.js';
export { posts, type Posts, type PostsState } from './posts.js';
export {
  progress,
  type Progress,
  type ProgressCounts,
  type ProgressGoal,
  progressLine,
  type ProgressState,
} from './progress.js';
export { type Reader, readWith } from './reader.js';
export { type Replications, replicationsOf, unscored } from './replications.js';
export { rowDistances, type RowDistances } from './row-distances.js';
export { isShare, numberText, percentText, scoreText } from './score-text.js';
export {
  staleness,
  type StalenessBins,
  stalenessBins,
  type StalenessHistogram,
  type StalenessStatistics,
} from './staleness.js';
export { summarise, type SummaryReader } from './summarise.js';
export type { SummariseOptions, SummariseState } from './summarise-state.js';
export { type LastFive } from './last-five.js';
export { type Metric, type RunIdentity, type RunSummary, summary, type Summary } from './summary.js';
export { type NamedHistogram, stalenessSpec } from './staleness-figure.js';
export { summaryTable, type TableOptions, type TableRow } from './table.js';
export { type Piece, type RoundEnd, timeline, type Timeline, type TimelineState } from './timeline.js';
export { timelineSpec } from './timeline-figure.js';
export { traceHash, type TraceHashState } from './trace-hash.js';
export { traceLine } from './trace.js';
export { type MessageSizes, traffic, type Traffic, type TrafficState } from './traffic.js';
export { type WarmUp } from './warm-up.js';
export { activities, type Activity, WorkerClock, type WorkerClockState } from './worker-clock.js';
export { type DataSizes, type Work } from './work.js';
export { workerCounts, type WorkerCounts, type WorkerCountsState } from './worker-counts.js';
