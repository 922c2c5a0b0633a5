import { createReadStream, createWriteStream, existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { SimulationEvent } from '../engine/event.js';
import { PerfettoTrace, type TraceEvent } from '../report/index.js';
import { InputError } from '../scenario/input-error.js';
import { didYouMean } from '../scenario/nearest.js';
import { exitCode } from './exit-code.js';
import { print } from './output.js';
import { runFiles, writeWhole } from './run-folder.js';

/** The options of `tardigrade export`. */
export interface ExportOptions {
  readonly to?: string;
  readonly out?: string;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @throws InputError unless it is the folder of a run. */
const requireRun = (folder: string): void => {
  if (!isFolder(folder)) {
    const what = existsSync(folder) ? 'a file, not a folder' : 'there is no such folder';
    throw new InputError(`${folder}: ${what}; give the folder of a run, such as runs/NAME-HASH`);
  }
  if (!existsSync(join(folder, 'manifest.json')))
    throw new InputError(`${folder}: not the folder of a run, since it has no manifest.json`);
};

/** A path as the disk knows it, links followed; for a file that isn't there, its folder's. */
const realPath = (path: string): string => {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return existsSync(above) ? join(realpathSync(above), basename(path)) : resolve(path);
};

/** @throws InputError when an export would take the place of what a run wrote, or may write, into its folder. */
const requireForeign = (path: string): void => {
  const file = realPath(path);
  if (!runFiles.includes(basename(file)) || !existsSync(join(dirname(file), 'manifest.json'))) return;
  throw new InputError(
    `command line, --out: ${path} is a file of the run itself, which the export would overwrite; choose another name, such as ${join(dirname(path), `export-${basename(file)}`)}`,
  );
};

/** The lines of a `.jsonl` file as values. @throws InputError for one that is none. */
const linesOf = async function* (file: string): AsyncGenerator {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    try {
      yield JSON.parse(line) as unknown;
    } catch (error) {
      throw new InputError(`${file}:${number}: no JSON; the file is damaged, so run the scenario again`, {
        cause: error,
      });
    }
  }
  if (number === 0) throw new InputError(`${file}: is empty; the file is damaged, so run the scenario again`);
};

/** Whether the run was outside its protocol's theorem. */
const isOutside = async (folder: string): Promise<boolean> => {
  for await (const event of linesOf(join(folder, 'trace.jsonl')))
    return typeof event === 'object' && event !== null && 'outsideTheorem' in event;
  return false;
};

const perfettoText = async function* (trace: string, outside: boolean): AsyncGenerator<string> {
  const perfetto = new PerfettoTrace(outside);
  let first = true;
  const text = (events: readonly TraceEvent[]): string => {
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    const separator = first || lines === '' ? '' : ',\n';
    first &&= lines === '';
    return `${separator}${lines}`;
  };
  yield '{"displayTimeUnit":"ms","traceEvents":[\n';
  for await (const event of linesOf(trace)) yield text(perfetto.update(event as SimulationEvent));
  yield text(perfetto.end());
  yield '\n]}\n';
};

const writePerfetto = async (folder: string, file: string): Promise<void> => {
  const trace = join(folder, 'trace.jsonl');
  if (!existsSync(trace))
    throw new InputError(
      `${folder}: the run has no trace.jsonl; run it again with --trace, such as tardigrade run ${join(folder, 'scenario.yaml')} --out ${folder} --trace`,
    );
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    await pipeline(perfettoText(trace, await isOutside(folder)), createWriteStream(temporary));
    await rename(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error instanceof InputError) throw error;
    throw new InputError(`${file}: can't be written: ${(error as Error).message}`, { cause: error });
  }
};

const cell = (value: string | number | null = null): string => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** metrics.jsonl as a table: a column for each key that any line has; what is not finite is empty. */
const writeCsv = async (folder: string, file: string): Promise<void> => {
  const metrics = join(folder, 'metrics.jsonl');
  if (!existsSync(metrics)) throw new InputError(`${folder}: the run has no metrics.jsonl; run it again`);
  const lines: Readonly<Record<string, number | null>>[] = [];
  for await (const line of linesOf(metrics)) lines.push(line as Readonly<Record<string, number | null>>);
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const rows = [columns, ...lines.map((line) => columns.map((column) => line[column]))];
  await writeWhole(dirname(file), basename(file), rows.map((row) => `${row.map(cell).join(',')}\n`).join(''));
};

const formats = {
  perfetto: { file: 'trace.perfetto.json', write: writePerfetto, says: 'open it at https://ui.perfetto.dev' },
  csv: { file: 'metrics.csv', write: writeCsv, says: 'a line a measurement' },
} as const;

const formatOf = (word: string | undefined): (typeof formats)[keyof typeof formats] => {
  const known = Object.keys(formats);
  if (word === undefined) throw new InputError(`command line: --to is missing; known formats are ${known.join(', ')}`);
  if (Object.hasOwn(formats, word)) return formats[word as keyof typeof formats];
  throw new InputError(
    `command line, --to: unknown format "${word}"; known are ${known.join(', ')}${didYouMean(word, known)}`,
  );
};

/**
 * `tardigrade export DIR --to perfetto|csv`: a run's trace for the Perfetto UI, or its measurements as a table.
 * @throws InputError for what is no run, or lacks what is to be exported.
 */
export const exportCommand = async (folder: string, { to, out }: ExportOptions): Promise<number> => {
  const { file, write, says } = formatOf(to);
  requireRun(folder);
  const path = out ?? join(folder, file);
  if (out === '' || isFolder(path)) throw new InputError(`command line, --out: a file is needed, got "${path}"`);
  requireForeign(path);
  await write(folder, path);
  print(`${path}: ${says}`);
  return exitCode.finished;
};
