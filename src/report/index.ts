export { byzantineShare, type ByzantineShare, type ByzantineShareState } from './byzantine-share.js';
export { type CheckCurve, checkFigureSpec } from './check-figure.js';
export { type BoundBeside, type CheckRow, checkTable, quotientText } from './check-table.js';
export { duration } from './duration.js';
export type { Curve, Panel } from './figure-panel.js';
export { type FigureOptions, figureSpec } from './figure-spec.js';
export { figureSvg } from './figure-svg.js';
export { jsonNumber, type JsonNumber, type JsonScores, jsonScores } from './json-number.js';
export { measure, type Measurement, measurements, type MeasureState } from './measurements.js';
export {
  progress,
  type Progress,
  type ProgressCounts,
  type ProgressGoal,
  progressLine,
  type ProgressState,
} from './progress.js';
export { type Reader, readWith } from './reader.js';
export { isShare, numberText, percentText, scoreText } from './score-text.js';
export { staleness, type StalenessHistogram, type StalenessStatistics } from './staleness.js';
export {
  type LastFive,
  type Metric,
  type RunIdentity,
  type RunSummary,
  summarise,
  type SummariseOptions,
  type SummariseState,
  summary,
  type Summary,
} from './summary.js';
export { summaryTable, type TableOptions } from './table.js';
export { traceHash, type TraceHashState } from './trace-hash.js';
export { traceLine } from './trace.js';
export { workerCounts, type WorkerCounts, type WorkerCountsState } from './worker-counts.js';
