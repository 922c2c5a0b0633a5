import Table from 'cli-table3';
import type { Results } from './results.js';
import { verdict, type Row } from './row.js';

const head = ['what', 'value', 'unit', 'against', 'differs by', 'asked', 'reached'];

const number = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

const against = ({ ratio, peer, skipped }: Row): string =>
  skipped !== undefined ? `skipped: ${skipped}` : ratio === undefined ? '' : `${number(ratio)} × ${peer!}`;

/** A row's cells, one for each column. */
export const cells = (row: Row): readonly string[] => {
  const required = verdict(row);
  return [
    row.name,
    number(row.value),
    row.unit,
    against(row),
    row.difference === undefined ? '' : row.difference.toExponential(0),
    required?.asked ?? '',
    required ? (required.reached ? 'yes' : 'NO') : '',
  ];
};

/** The table for a terminal, of all groups' rows. */
export const terminalTable = (results: Results): string => {
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { rows } of Object.values(results)) for (const row of rows) table.push([...cells(row)]);
  return table.toString();
};

const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`;

/** The page: a section for each group, with its own date, machine and peers, since groups may be measured apart. */
export const markdown = (results: Results): string =>
  [
    '# Performance',
    '',
    'Written by `npm run bench`; `npm run bench -- NAME …` measures some groups anew and keeps the others. A ratio is our',
    'figure over that of a peer in the same run, the two measured in turns, each on one thread; of times, the least counts.',
    '“Differs by” is the distance of the two results as a share of the peer’s length.',
    'How it is done, and how to measure against an earlier version: [benchmarks](benchmarks.md).',
    '',
    ...Object.entries(results).flatMap(([name, { date, machine, peers, rows }]) => [
      `## ${name}`,
      '',
      `${date}; ${machine}${peers.length > 0 ? `; beside ${peers.join(', ')}` : ''}`,
      '',
      line(head),
      line(head.map((_, i) => (i === 1 ? '---:' : '---'))),
      ...rows.map((row) => line(cells(row))),
      '',
    ]),
  ].join('\n');
