import { aligned } from './aligned.js';
import { duration } from './duration.js';
import { numberText, percentText, scoreText } from './score-text.js';
import type { Summary } from './summary.js';

/** How the table looks. */
export interface TableOptions {
  /** The score to show; by default the metric of the first summary, that is the key of its `best`. */
  readonly metric?: string;
  /** Further scores, shown at the end of the run; none unless given. */
  readonly beside?: readonly string[];
}

interface Column {
  /** Two lines. */
  readonly head: string;
  readonly align?: 'left';
  readonly cell: (summary: Summary) => string;
}

/**
 * One row per run, as text for a terminal, without frame, without a line end: name, steps, virtual time, the metric at
 * the end, at its best and as the mean of the last five evaluations, scores beside it at the end, Byzantine share, staleness,
 * wall-clock time.
 */
export const summaryTable = (summaries: readonly Summary[], { metric, beside = [] }: TableOptions = {}): string => {
  const score = metric ?? summaries.flatMap(({ best }) => Object.keys(best))[0];
  const own = score === undefined ? [] : scoreColumns(score);
  const columns = [...before, ...own, ...beside.map(scoreAtEnd), ...after];
  const heads = columns.map(({ head }) => head.split('\n'));
  return aligned(
    [
      ...[0, 1].map((line) => heads.map((head) => head[line]!)),
      ...summaries.map((summary) => columns.map(({ cell }) => cell(summary))),
    ],
    columns.map(({ align }) => align ?? 'right'),
  );
};

const before: readonly Column[] = [
  {
    head: '\nrun',
    align: 'left',
    cell: ({ name, status }) => (status === undefined || status === 'finished' ? name : `${name} (${status})`),
  },
  { head: '\nsteps', cell: ({ steps }) => String(steps) },
  { head: 'virtual\ntime', cell: ({ virtualTimeMs }) => duration(virtualTimeMs) },
];

const scoreAtEnd = (score: string): Column => ({
  head: `${score}\nat end`,
  cell: ({ final }) => scoreText(score, final[score] ?? null),
});

const scoreColumns = (score: string): readonly Column[] => [
  scoreAtEnd(score),
  { head: '\nbest', cell: ({ best }) => scoreText(score, best[score] ?? null) },
  { head: 'last\nfive', cell: ({ lastFive }) => scoreText(score, lastFive[score] ?? null) },
];

const after: readonly Column[] = [
  { head: 'Byzantine\nshare', cell: (summary) => percentText(summary.byzantineShare) },
  { head: 'staleness\nmean/p95', cell: ({ staleness }) => `${numberText(staleness.mean)}/${staleness.p95}` },
  { head: 'wall\ntime', cell: ({ wallSeconds }) => duration(1000 * wallSeconds) },
];
