import { aligned } from './aligned.js';
import { duration } from './duration.js';
import { estimate, type Estimate } from './estimate.js';
import type { JsonNumber } from './json-number.js';
import { markedName } from './outside-theorem.js';
import type { Overhead } from './overhead.js';
import { scoreText } from './score-text.js';
import type { Summary } from './summary.js';
import type { TableRow } from './table.js';

type Value = (summary: Summary) => JsonNumber;

interface Column {
  /** Two lines. */
  readonly head: string;
  readonly text: (value: number) => string;
  readonly value: Value;
}

const THOUSAND = 1000;
const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Three digits, or the whole number where it has more. */
const digits = (value: number): string =>
  Math.abs(value) >= THOUSAND || value === 0 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

/** Bytes in a unit of thousands. */
const bytesText = (bytes: number): string => {
  let [value, unit] = [bytes, 0];
  while (value >= THOUSAND && unit < units.length - 1) [value, unit] = [value / THOUSAND, unit + 1];
  return `${digits(value)} ${units[unit]!}`;
};

const percents = (share: number): string => {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
};

/** With its sign, so that a run that is faster than the baseline shows. */
const signed = (share: number): string => (share > 0 ? `+${percents(share)}` : percents(share));

const of =
  (key: keyof Summary['communication']): Value =>
  ({ communication }) =>
    communication[key] ?? null;

const overheadIn =
  (key: Exclude<keyof Overhead, 'against'>): Value =>
  ({ overhead }) =>
    overhead?.[key] ?? null;

const columnsFor = (metric: string): readonly Column[] => [
  { head: `${metric}\nat end`, text: (value) => scoreText(metric, value), value: ({ final }) => final[metric] ?? null },
  { head: 'rounds\n/step', text: digits, value: of('roundsPerStep') },
  { head: 'messages\n/step', text: digits, value: of('messagesPerStep') },
  { head: 'bytes\n/step', text: bytesText, value: of('bytesPerStep') },
  { head: 'time\n/step', text: duration, value: of('timePerStepMs') },
  { head: 'gradients\n/s', text: digits, value: of('gradientsPerSecond') },
  { head: 'throughput\noverhead', text: signed, value: overheadIn('throughput') },
  { head: 'convergence\noverhead', text: signed, value: overheadIn('convergence') },
  { head: 'in\nsteps', text: signed, value: overheadIn('convergenceSteps') },
];

const cellOf = ({ mean, halfWidth }: Estimate, { text }: Column): string => {
  if (mean === null) return '–';
  // An interval's width has no sign.
  return halfWidth === null || halfWidth === 0 ? text(mean) : `${text(mean)} ± ${text(halfWidth).replace('+', '')}`;
};

/**
 * What the runs' steps take, and how much more than a baseline's, a row a run, as text for a terminal, without a line end. `–` where
 * something isn't known. Of several replications means, with half the width of their 95 % interval.
 */
export const overheadTable = (rows: readonly TableRow[], metric: string): string => {
  const columns = columnsFor(metric);
  const heads = columns.map(({ head }) => head.split('\n'));
  const cells = rows.map(({ further = [], ...first }) => [
    markedName(first),
    ...columns.map((column) => cellOf(estimate([first, ...further].map(column.value)), column)),
  ]);
  return aligned(
    [['', ...heads.map(([line]) => line!)], ['run', ...heads.map(([, line]) => line!)], ...cells],
    ['left', ...columns.map(() => 'right' as const)],
  );
};
