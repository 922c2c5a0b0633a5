import { aligned } from './aligned.js';
import { duration } from './duration.js';
import { estimate } from './estimate.js';
import { type JsonNumber, jsonNumber } from './json-number.js';
import { markedName, outsideNotes } from './outside-theorem.js';
import { numberText, percentText, scoreText } from './score-text.js';
import type { Summary } from './summary.js';

/** How the table looks. */
export interface TableOptions {
  /** The score to show; by default the metric of the first summary, that is the key of its `best`. */
  readonly metric?: string;
  /** Further scores, shown at the end of the run; none unless given. */
  readonly beside?: readonly string[];
}

/** A run's summary, with those of its further replications, if it has any. */
export type TableRow = Summary & { readonly further?: readonly Summary[] };

interface Column {
  /** Two lines. */
  readonly head: string;
  readonly align?: 'left';
  readonly cell: (row: TableRow) => string;
}

/**
 * One row per run, as text for a terminal, without frame, without a line end: name, steps, virtual time, the metric at
 * the end, at its best and as the mean of the last five evaluations, scores beside it at the end, Byzantine share, staleness,
 * wall-clock time. A run outside its protocol's theorem is marked, and a note below says why. Of several replications: means, those of steps, times and scores with half the width of their 95 % interval.
 */
export const summaryTable = (rows: readonly TableRow[], { metric, beside = [] }: TableOptions = {}): string => {
  const score = metric ?? rows.flatMap(({ best }) => Object.keys(best))[0];
  const own = score === undefined ? [] : scoreColumns(score);
  const columns = [...before, ...own, ...beside.map(scoreAtEnd), ...after];
  const heads = columns.map(({ head }) => head.split('\n'));
  const table = aligned(
    [
      ...[0, 1].map((line) => heads.map((head) => head[line]!)),
      ...rows.map((row) => columns.map(({ cell }) => cell(row))),
    ],
    columns.map(({ align }) => align ?? 'right'),
  );
  return [table, ...outsideNotes(rows)].join('\n');
};

/** A number of each replication, in order. */
const valuesOf = ({ further = [], ...first }: TableRow, valueOf: (summary: Summary) => JsonNumber) =>
  [first, ...further].map(valueOf);

/** A number of all replications as its mean ± half the width of its interval, which is left out where all are the same; `–` where one isn't finite. */
const estimated =
  (text: (value: JsonNumber) => string, valueOf: (summary: Summary) => JsonNumber) =>
  (row: TableRow): string => {
    const { mean, halfWidth } = estimate(valuesOf(row, valueOf));
    return halfWidth === null || halfWidth === 0 ? text(mean) : `${text(mean)} ± ${text(halfWidth)}`;
  };

const meanOf = (row: TableRow, valueOf: (summary: Summary) => number): JsonNumber =>
  estimate(valuesOf(row, valueOf)).mean;

const timeText = (ms: JsonNumber): string => duration(ms ?? NaN);
const stepsText = (steps: JsonNumber): string =>
  steps === null ? '–' : Number.isInteger(steps) ? String(steps) : steps.toFixed(1);

const before: readonly Column[] = [
  {
    head: '\nrun',
    align: 'left',
    cell: ({ status, ...row }) =>
      status === undefined || status === 'finished' ? markedName(row) : `${markedName(row)} (${status})`,
  },
  { head: '\nsteps', cell: estimated(stepsText, ({ steps }) => steps) },
  { head: 'virtual\ntime', cell: estimated(timeText, ({ virtualTimeMs }) => jsonNumber(virtualTimeMs)) },
];

const scoreColumn = (head: string, score: string, of: (summary: Summary) => JsonNumber): Column => ({
  head,
  cell: estimated((value) => scoreText(score, value), of),
});

const scoreAtEnd = (score: string): Column =>
  scoreColumn(`${score}\nat end`, score, ({ final }) => final[score] ?? null);

const scoreColumns = (score: string): readonly Column[] => [
  scoreAtEnd(score),
  scoreColumn('\nbest', score, ({ best }) => best[score] ?? null),
  scoreColumn('last\nfive', score, ({ lastFive }) => lastFive[score] ?? null),
];

const after: readonly Column[] = [
  { head: 'Byzantine\nshare', cell: (row) => percentText(meanOf(row, ({ byzantineShare }) => byzantineShare)) },
  {
    head: 'staleness\nmean/p95',
    cell: (row) =>
      `${numberText(meanOf(row, ({ staleness }) => staleness.mean))}/${stepsText(meanOf(row, ({ staleness }) => staleness.p95))}`,
  },
  { head: 'wall\ntime', cell: estimated(timeText, ({ wallSeconds }) => 1000 * wallSeconds) },
];
