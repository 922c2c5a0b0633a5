import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Observable } from 'rxjs';
import { figureSvg, heatmapSpec } from '../report/index.js';
import { buildRun } from '../scenario/build.js';
import { newCache } from '../scenario/cache.js';
import { configHash } from '../scenario/config-hash.js';
import { InputError } from '../scenario/input-error.js';
import { reasonOf } from '../scenario/misfit.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { Surroundings } from '../scenario/surroundings.js';
import {
  cellsOf,
  groupNotes,
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
import { makeFolder, writeWhole, type Manifest } from './run-folder.js';
import { overridesOf } from './run-overrides.js';
import { surroundingsOf } from './surroundings.js';
import { version } from './version.js';

/** The options of `tardigrade sweep`. */
export interface SweepOptions {
  readonly out?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly kernels?: string;
  readonly allowUnsafe?: boolean;
}

/** Digits of a cell's hash in its folder's name: enough for a billion cells. */
const DIGITS = 20;

const folderOf = (root: string, { scenario }: ResolvedRun): string =>
  join(root, 'cells', configHash(scenario).slice(0, DIGITS));

/** Whether a summary that was read tells the score. */
const isWhole = (summary: unknown, score: string): summary is WholeSummary => {
  const final: unknown = (summary as Partial<WholeSummary> | null)?.final;
  return typeof final === 'object' && final !== null && Object.hasOwn(final, score);
};

/** What an earlier sweep of this version left of a cell; undefined unless that cell is whole. */
const finishedIn = async (
  folder: string,
  { scenario }: ResolvedRun,
  score: string,
): Promise<WholeSummary | undefined> => {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Partial<Manifest> | null;
    if (manifest?.status !== 'finished' || manifest.configHash !== configHash(scenario)) return undefined;
    if (manifest.version !== version) return undefined;
    const summary: unknown = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
    return isWhole(summary, score) ? summary : undefined;
  } catch {
    // Nothing there, or nothing whole: the cell is run.
    return undefined;
  }
};

/** How a cell came out. */
type Result = Pick<EndedCell, 'value' | 'why' | 'outsideTheorem'>;

const resultOf = ({ final, outsideTheorem }: WholeSummary, { name }: Score): Result => ({
  value: final[name] ?? null,
  ...(outsideTheorem && { outsideTheorem }),
});

/** Runs the cells of a study one after another; one that can't go on doesn't keep the others from running. */
class Sweep {
  readonly ended: EndedCell[] = [];
  /** Cells that an earlier sweep had finished. */
  skipped = 0;
  interrupted = false;
  readonly #cache = newCache();
  /** By the scenario's hash: combinations may be the same. */
  readonly #done = new Map<string, Result>();

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
    for (const cell of cells) await this.#one(cell, score);
    line?.stop();
  }

  /** Takes a cell that is there already, or, unless the sweep was interrupted, runs it. */
  async #one({ run, labels }: Cell, score: Score): Promise<void> {
    const { seed } = run.scenario;
    const hash = configHash(run.scenario);
    const same = this.#done.get(hash);
    const before = same === undefined ? await finishedIn(folderOf(this.root, run), run, score.name) : undefined;
    if (before) this.skipped += 1;
    const result = same ?? (before ? resultOf(before, score) : await this.#run(run, score));
    if (result === undefined) return;
    this.#done.set(hash, result);
    this.ended.push({ labels, seed, ...result });
  }

  /** Runs a cell and writes its folder; undefined where the sweep is interrupted. */
  async #run(run: ResolvedRun, score: Score): Promise<Result | undefined> {
    if (this.interrupted) return undefined;
    const built = { ...run, label: '', run: await this.build(run) };
    const outcome = await execute(run.scenario, built.run, { label: '', quiet: true, interrupt: this.interrupt });
    if (outcome.status === 'interrupted') return undefined;
    const ended = { ...built, outcome };
    const folder = folderOf(this.root, run);
    await writeRun(folder, ended);
    await seal(folder, ended, outcome.summary, outcome.status);
    const result = resultOf(outcome.summary, score);
    return outcome.status === 'stuck' ? { ...result, why: reasonOf(outcome.error as Error) } : result;
  }
}

const heatmapOf = (name: string, { rows, columns, at, worst }: Matrix, score: Score, notes: readonly string[]) =>
  heatmapSpec({
    ...{ title: name, rowTitle: rows.key, columnTitle: columns.key, score: score.name, better: score.better, notes },
    ...{ rows: rows.labels, columns: columns.labels },
    cells: rows.labels.flatMap((row) =>
      columns.labels.flatMap((column) => {
        const group = at(row, column);
        const marked = worst.some((each) => each.row === row && each.column === column);
        return group ? [{ row, column, value: group.mean, marked, outsideTheorem: group.outsideTheorem }] : [];
      }),
    ),
  });

/** Writes what all cells together say, and returns it, with the names of the files. */
const writeStudy = async (root: string, { axes, leftOut, main, score, cells }: Cells, sweep: Sweep) => {
  const groups = groupsOf(sweep.ended);
  const matrix = matrixOf(axes, groups, score);
  const { name } = main.scenario;
  const result = {
    ...{ name, score: score.name, better: score.better, axes, cells: cells.length, ended: sweep.ended.length },
    groups,
    ...(matrix ? { worst: matrix.worst.map(({ column, row, group }) => ({ column, row, mean: group.mean })) } : {}),
    leftOut,
  };
  await writeWhole(root, 'study.csv', studyCsv(axes, groups, score));
  const drawn = matrix !== undefined && groups.length > 0;
  // What an earlier study left here would be taken for this one's.
  if (!drawn) for (const file of ['heatmap.svg', 'heatmap.vl.json']) await rm(join(root, file), { force: true });
  if (drawn) {
    const spec = heatmapOf(name, matrix, score, groupNotes(groups));
    await writeWhole(root, 'heatmap.vl.json', `${JSON.stringify(spec, null, 2)}\n`);
    await writeWhole(root, 'heatmap.svg', await figureSvg(spec));
  }
  await writeWhole(root, 'study.json', `${JSON.stringify(result, null, 2)}\n`);
  const files = [
    ...(drawn ? ['heatmap.svg', 'heatmap.vl.json'] : []),
    ...['study.csv', 'study.json', ...(groups.length > 0 ? ['cells'] : [])],
  ];
  return {
    result,
    files,
    table: groups.length > 0 ? studyTable(axes, groups, score, matrix) : 'nothing has ended yet',
    groups,
  };
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
  // Every combination is made once before the first is run, so that a mistake in the last one costs nothing.
  const study = await cellsOf(source, overrides, async (run) => {
    if (trial.interrupted) process.exit(exitCode.interrupted);
    return (await trial.build(run)).plan.objective.metric;
  });
  const { cells, leftOut, main, score } = study;
  root ||= join('runs', `${main.scenario.name}-study`);
  for (const { key, label, why } of leftOut) say(`tardigrade: ${key} ${label} is left out: ${why}`);
  await makeFolder(root);
  const sweep = new Sweep(root, surroundings, interrupt);
  await sweep.all(cells, score, options.quiet === true);
  const { result, files, table, groups } = await writeStudy(root, study, sweep);
  if (options.json) print(JSON.stringify(result, null, 2));
  else print(`${table}\n\n${root}/  ${files.join(', ')}`);
  if (sweep.skipped > 0) say(`tardigrade: ${sweep.skipped} of ${cells.length} cells were there already`);
  for (const { labels, stuck, values, whys } of groups) {
    const why = whys.find((each) => each !== null);
    if (why !== undefined)
      say(`tardigrade: ${labels.join(', ')}: ${stuck} of ${values.length} runs could not go on: ${why}`);
  }
  if (sweep.interrupted) {
    say('tardigrade: interrupted; the same command goes on where this one stopped');
    return exitCode.interrupted;
  }
  return groups.some(({ stuck }) => stuck > 0) ? exitCode.stuck : exitCode.finished;
};
