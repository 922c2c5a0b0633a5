import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import writeFileAtomic from 'write-file-atomic';
import { digitsBench } from './digits.js';
import { eventQueueBench } from './event-queue.js';
import { pythonWith } from './python.js';
import type { Row } from './row.js';
import { simulateBench } from './simulate.js';

const root = join(import.meta.dirname, '..', '..');

const versionOf = (name: string): string => {
  const manifest = join(root, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
};

const simpyVersion = (): string => pythonWith('simpy')?.version ?? 'not installed';

const number = (value: number): string =>
  Number.isNaN(value) ? '–' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** What is required of a row, and whether that is so; undefined where nothing is. */
const verdict = ({ value, unit, ratio, atLeast, atMost }: Row): { asked: string; reached: boolean } | undefined => {
  if (atMost !== undefined) return { asked: `at most ${atMost} ${unit}`, reached: value <= atMost };
  if (atLeast !== undefined && ratio !== undefined) return { asked: `${atLeast} ×`, reached: ratio >= atLeast };
  return undefined;
};

const cells = (row: Row): string[] => {
  const { name, value, unit, ratio, peer } = row;
  const against = ratio === undefined ? '' : `${number(ratio)} × ${peer!}`;
  const required = verdict(row);
  return [
    name,
    number(value),
    unit,
    against,
    ...(required ? [required.asked, required.reached ? 'yes' : 'NO'] : ['', '']),
  ];
};

const head = ['what', 'value', 'unit', 'against', 'asked', 'reached'];

const markdown = (rows: readonly Row[], facts: readonly string[]): string =>
  [
    '# Performance',
    '',
    'Written by `npm run bench`: every figure is measured in one run on one core, peers in the same run.',
    '',
    ...facts.map((fact) => `- ${fact}`),
    '',
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, i) => (i === 1 ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
  ].join('\n');

const rows = [...(await eventQueueBench()), ...simulateBench(), ...(await digitsBench())];
const facts = [
  `date: ${new Date().toISOString().slice(0, 10)}`,
  `machine: ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${process.platform} ${process.arch}`,
  `peers: RxJS ${versionOf('rxjs')}, SimPy ${simpyVersion()}`,
];
const table = new Table({ head, style: { head: [], border: [] } });
for (const row of rows) table.push(cells(row));
process.stdout.write(`${table.toString()}\n`);
await writeFileAtomic(join(root, 'docs', 'performance.md'), markdown(rows, facts));
await writeFileAtomic(join(root, 'docs', 'performance.json'), `${JSON.stringify({ facts, rows }, null, 2)}\n`);
if (rows.some((row) => verdict(row)?.reached === false)) process.exitCode = 1;
