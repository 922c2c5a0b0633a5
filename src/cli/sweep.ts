import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Observable } from 'rxjs';
import type { Dataset } from '../learning/dataset.js';
import { figureSvg, heatmapSpec, type JsonNumber } from '../report/index.js';
import { buildRun } from '../scenario/build.js';
import { configHash } from '../scenario/config-hash.js';
import { InputError } from '../scenario/input-error.js';
import { reasonOf } from '../scenario/misfit.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { Surroundings } from '../scenario/surroundings.js';
import {
  cellsOf,
  groupsOf,
  matrixOf,
  studyCsv,
  studyTable,
  type Cell,
  type Cells,
  type EndedCell,
  type Matrix,
  type Score,
} from '../study/index.js';
import { execute } from './execute.js';
import { exitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { print, say } from './output.js';
import { showLine } from './progress-line.js';
import { readScenario } from './read-scenario.js';
import { seal, writeRun, type WholeSummary } from './results.js';
import { makeFolder, writeWhole } from './run-folder.js';
import { overridesOf } from './run-overrides.js';
import { surroundingsOf } from './surroundings.js';

/** The options of `tardigrade sweep`. */
export interface SweepOptions {
  readonly out?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly kernels?: string;
}

/** Digits of a cell's hash in its folder's name: enough for a billion cells. */
const DIGITS = 20;

const folderOf = (root: string, { scenario }: ResolvedRun): string =>
  join(root, 'cells', configHash(scenario).slice(0, DIGITS));

const valueIn = (summary: WholeSummary, score: string): JsonNumber => summary.final[score] ?? null;

/** What an earlier sweep left of a cell; undefined unless that cell is whole. */
const finishedIn = async (folder: string, { scenario }: ResolvedRun): Promise<WholeSummary | undefined> => {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
      readonly status?: unknown;
      readonly configHash?: unknown;
    };
    if (manifest.status !== 'finished' || manifest.configHash !== configHash(scenario)) return undefined;
    return JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')) as WholeSummary;
  } catch {
    // Nothing there, or nothing whole: the cell is run.
    return undefined;
  }
};

/** Runs the cells of a study one after another; one that can't go on doesn't keep the others from running. */
class Sweep {
  readonly ended: EndedCell[] = [];
  /** Cells that an earlier sweep had finished. */
  skipped = 0;
  interrupted = false;
  readonly #cache = new Map<string, Promise<Dataset>>();

  constructor(
    readonly root: string,
    readonly surroundings: Surroundings,
    readonly interrupt: Observable<unknown>,
  ) {
    interrupt.subscribe(() => {
      this.interrupted = true;
    });
  }

  /** Makes a run. @throws InputError that names the place of a mistake. */
  async build(run: ResolvedRun) {
    try {
      return await buildRun(run.scenario, { ...this.surroundings, cache: this.#cache });
    } catch (error) {
      throw run.explain(error);
    }
  }

  async all(cells: readonly Cell[], score: Score, quiet: boolean): Promise<void> {
    const line = quiet ? undefined : showLine(() => `${this.ended.length} of ${cells.length} cells`);
    for (const cell of cells) {
      if (this.interrupted) break;
      await this.#one(cell, score);
    }
    line?.stop();
  }

  async #one({ run, labels }: Cell, score: Score): Promise<void> {
    const folder = folderOf(this.root, run);
    const { seed } = run.scenario;
    const before = await finishedIn(folder, run);
    if (before) {
      this.skipped += 1;
      this.ended.push({ labels, seed, value: valueIn(before, score.name) });
      return;
    }
    const built = { ...run, label: '', run: await this.build(run) };
    const outcome = await execute(run.scenario, built.run, { label: '', quiet: true, interrupt: this.interrupt });
    if (outcome.status === 'interrupted') return;
    const ended = { ...built, outcome };
    await writeRun(folder, ended);
    await seal(folder, ended, outcome.summary, outcome.status);
    this.ended.push({
      ...{ labels, seed, value: valueIn(outcome.summary, score.name) },
      ...(outcome.status === 'stuck' ? { why: reasonOf(outcome.error as Error) } : {}),
    });
  }
}

const heatmapOf = (name: string, { rows, columns, at, worst }: Matrix, score: Score) =>
  heatmapSpec({
    ...{ title: name, rowTitle: rows.key, columnTitle: columns.key, score: score.name, better: score.better },
    ...{ rows: rows.labels, columns: columns.labels },
    cells: rows.labels.flatMap((row) =>
      columns.labels.flatMap((column) => {
        const group = at(row, column);
        const marked = worst.some((each) => each.row === row && each.column === column);
        return group ? [{ row, column, value: group.mean, marked }] : [];
      }),
    ),
  });

/** Writes what all cells together say, and returns it, with the names of the files. */
const writeStudy = async (root: string, { axes, leftOut, main }: Cells, sweep: Sweep, score: Score, total: number) => {
  const groups = groupsOf(sweep.ended);
  const matrix = matrixOf(axes, groups, score);
  const { name } = main.scenario;
  const result = {
    ...{ name, score: score.name, better: score.better, axes, cells: total, ended: sweep.ended.length },
    groups,
    ...(matrix ? { worst: matrix.worst.map(({ column, row, group }) => ({ column, row, mean: group.mean })) } : {}),
    leftOut,
  };
  await writeWhole(root, 'study.csv', studyCsv(axes, groups, score));
  const drawn = matrix !== undefined && groups.length > 0;
  if (drawn) {
    const spec = heatmapOf(name, matrix, score);
    await writeWhole(root, 'heatmap.vl.json', `${JSON.stringify(spec, null, 2)}\n`);
    await writeWhole(root, 'heatmap.svg', await figureSvg(spec));
  }
  await writeWhole(root, 'study.json', `${JSON.stringify(result, null, 2)}\n`);
  const files = [...(drawn ? ['heatmap.svg', 'heatmap.vl.json'] : []), 'study.csv', 'study.json', 'cells'];
  return { result, files, table: studyTable(axes, groups, score, matrix), groups };
};

/**
 * `tardigrade sweep FILE [key=value …]`: runs the scenario's study, skips cells that an earlier sweep into the same folder has
 * finished, writes what they say together and returns the exit code. @throws InputError before anything is written.
 */
export const sweepCommand = async (file: string, texts: readonly string[], options: SweepOptions): Promise<number> => {
  const source = await readScenario(file);
  if (options.out === '') throw new InputError('command line, --out: a folder is needed');
  const interrupt = interruption();
  const surroundings = { ...(await surroundingsOf(options)), beside: dirname(file) };
  const overrides = overridesOf(texts, options);
  let root = options.out ?? '';
  const trial = new Sweep(root, surroundings, interrupt);
  const study = await cellsOf(source, overrides, async (run) => {
    await trial.build(run);
  });
  const { cells, leftOut, main } = study;
  root ||= join('runs', `${main.scenario.name}-study`);
  // Every cell is made once before the first is run, so that a mistake in the last one costs nothing.
  let score: Score | undefined;
  for (const { run, replication } of cells) {
    if (trial.interrupted) return exitCode.interrupted;
    if (replication === 0) score = (await trial.build(run)).plan.objective.metric;
  }
  for (const { key, label, why } of leftOut) say(`tardigrade: ${key} ${label} is left out: ${why}`);
  await makeFolder(root);
  const sweep = new Sweep(root, surroundings, interrupt);
  await sweep.all(cells, score!, options.quiet === true);
  const { result, files, table, groups } = await writeStudy(root, study, sweep, score!, cells.length);
  if (options.json) print(JSON.stringify(result, null, 2));
  else print(`${table}\n\n${root}/  ${files.join(', ')}`);
  if (sweep.skipped > 0) say(`tardigrade: ${sweep.skipped} of ${cells.length} cells were there already`);
  for (const { labels, stuck, values, why } of groups)
    if (stuck > 0) say(`tardigrade: ${labels.join(', ')}: ${stuck} of ${values.length} runs could not go on: ${why}`);
  if (sweep.interrupted) {
    say('tardigrade: interrupted; the same command goes on where this one stopped');
    return exitCode.interrupted;
  }
  return groups.some(({ stuck }) => stuck > 0) ? exitCode.stuck : exitCode.finished;
};
