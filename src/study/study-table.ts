import { aligned } from '../report/aligned.js';
import { markedName, outsideNotes, scoreText } from '../report/index.js';
import type { Axis } from './cells.js';
import type { Group, Matrix, Score } from './matrix.js';

const valueText = ({ name }: Score, { mean, halfWidth, stuck }: Group): string => {
  if (mean === null) return stuck > 0 ? 'stuck' : '∞';
  return halfWidth === null ? scoreText(name, mean) : `${scoreText(name, mean)} ± ${scoreText(name, halfWidth)}`;
};

/** A group's mean, with half its interval's width where it is known; marked where its runs are outside their protocol's theorem. */
export const groupText = (score: Score, group: Group): string =>
  markedName({ name: valueText(score, group), outsideTheorem: group.outsideTheorem });

/** What the marks of groups mean; none where none is marked. */
export const groupNotes = (groups: readonly Group[]): readonly string[] =>
  outsideNotes(groups.map(({ labels, outsideTheorem }) => ({ name: labels.join(' × '), outsideTheorem })));

/** A matrix of more columns is too wide for a terminal. */
const WIDEST = 8;

/** Of each column its worst row: what is left of a matrix that is too wide. */
const worstTable = ({ rows, columns, worst }: Matrix, score: Score): string =>
  aligned(
    [
      [columns.key, `worst ${rows.key}`, `${score.name} at the end`],
      ...worst.map(({ column, row, group }) => [column, row, groupText(score, group)]),
    ],
    ['left', 'left', 'right'],
  );

const matrixTable = ({ rows, columns, at, worst }: Matrix, score: Score): string =>
  aligned(
    [
      ['', ...columns.labels],
      ...rows.labels.map((row) => [
        row,
        ...columns.labels.map((column) => {
          const group = at(row, column);
          return group ? groupText(score, group) : '';
        }),
      ]),
      columns.labels.map(() => ''),
      [`worst ${rows.key}`, ...columns.labels.map((column) => worst.find((each) => each.column === column)?.row ?? '')],
      [
        '',
        ...columns.labels.map((column) => {
          const found = worst.find((each) => each.column === column);
          return found ? groupText(score, found.group) : '';
        }),
      ],
    ],
    ['left', ...columns.labels.map(() => 'right' as const)],
  );

const listTable = (axes: readonly Axis[], groups: readonly Group[], score: Score): string =>
  aligned(
    [
      [...axes.map(({ key }) => key), 'runs', `${score.name} at the end`],
      ...groups.map((group) => [...group.labels, String(group.values.length), groupText(score, group)]),
    ],
    [...axes.map(() => 'left' as const), 'right', 'right'],
  );

/**
 * A study's results as text for a terminal: two axes as a matrix with the worst row of each column, or, of many columns, these alone;
 * any other number of axes as a list. Without a line end.
 */
export const studyTable = (
  axes: readonly Axis[],
  groups: readonly Group[],
  score: Score,
  matrix: Matrix | undefined,
): string => {
  const table = (): string => {
    if (!matrix) return listTable(axes, groups, score);
    return matrix.columns.labels.length > WIDEST ? worstTable(matrix, score) : matrixTable(matrix, score);
  };
  return [table(), ...groupNotes(groups)].join('\n');
};

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line for each run: its axes' labels, its seed, its score at the end (empty where it is not finite), and why it stuck; where runs are outside their protocol's theorem, the last column marks them. RFC 4180. */
export const studyCsv = (axes: readonly Axis[], groups: readonly Group[], score: Score): string => {
  const marks = groups.some(({ outsideTheorem }) => outsideTheorem !== undefined);
  return [
    [...axes.map(({ key }) => key), 'seed', score.name, 'stuck', ...(marks ? ['outsideTheorem'] : [])],
    ...groups.flatMap(({ labels, seeds, values, whys, outsideTheorem }) =>
      seeds.map((seed, i) => [
        ...[...labels, String(seed), String(values[i] ?? ''), whys[i] ?? ''],
        ...(marks ? [outsideTheorem ? 'true' : ''] : []),
      ]),
    ),
  ]
    .map((line) => `${line.map(quoted).join(',')}\n`)
    .join('');
};
