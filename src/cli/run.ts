import { dirname, join } from 'node:path';
import type { Observable } from 'rxjs';
import { parseEvery } from '../registry/every.js';
import { buildRun } from '../scenario/build.js';
import { newCache } from '../scenario/cache.js';
import { configHash } from '../scenario/config-hash.js';
import { InputError } from '../scenario/input-error.js';
import { resolveSource, type ResolvedRun } from '../scenario/resolve.js';
import type { Surroundings } from '../scenario/surroundings.js';
import { execute, type Outcome } from './execute.js';
import { exitCode } from './exit-code.js';
import { requireLayout } from './figure-layout.js';
import { interruption } from './interruption.js';
import { print, say, tellStuck } from './output.js';
import { readScenario } from './read-scenario.js';
import {
  clearResults,
  folderOf,
  runsSummary,
  seal,
  tableOf,
  wholeStatus,
  wholeSummary,
  writeRun,
  type Ended,
} from './results.js';
import { writeFigure, writePictures } from './pictures.js';
import { countOf, replicationOf } from './replicate.js';
import { overheadsOf, requireBaseline, withOverheads, writeOverheads } from './overhead.js';
import { makeFolder } from './run-folder.js';
import { labelOf } from './run-label.js';
import { overridesOf } from './run-overrides.js';
import { surroundingsOf } from './surroundings.js';

/** The options of `tardigrade run`. */
export interface RunOptions {
  readonly out?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trace?: boolean;
  readonly timeline?: string;
  readonly threads?: string;
  readonly kernels?: string;
  readonly allowUnsafe?: boolean;
}

type Built = Omit<Ended, 'outcome' | 'further'>;

/** Builds a replication of a run, by number from 1. @throws InputError that names the place of a mistake. */
type Builder = (resolved: ResolvedRun, number: number) => Promise<Built>;

const builder = (surroundings: Surroundings): Builder => {
  const cache = newCache();
  return async (resolved, number) => {
    const replication = replicationOf(resolved, number);
    try {
      const run = await buildRun(replication.scenario, { ...surroundings, cache });
      return { ...replication, run, ...(number > 1 && { replication: number }) };
    } catch (error) {
      throw resolved.explain(error);
    }
  };
};

/**
 * Builds every run before any is simulated, so that a mistake in the last one costs nothing. Further replications are only tried
 * here, and built again when they are due, so that they don't take memory together.
 */
const buildAll = async (runs: readonly ResolvedRun[], build: Builder): Promise<readonly Built[]> => {
  const built: Built[] = [];
  for (const resolved of runs) {
    built.push(await build(resolved, 1));
    for (let number = 2; number <= countOf(resolved); number++) await build(resolved, number);
  }
  return built;
};

/** A run as messages call it: by name where there are several. */
const nameOf = (ended: Ended, several: boolean): string => (several ? `the run "${labelOf(ended)}"` : 'the run');

/** Tells of a run that was over before its warm-up was: only the run itself finds that out. */
const tellCold = (ended: Ended, several: boolean): void => {
  const { scenario, outcome } = ended;
  const { warmup } = scenario.measure!;
  const span = warmup === undefined ? undefined : parseEvery(warmup);
  if (span && 'steps' in span && outcome.status === 'finished' && outcome.summary.steps < span.steps)
    say(
      `tardigrade: ${nameOf(ended, several)} ended after ${outcome.summary.steps} steps, before its warm-up of ${span.steps} steps; statistics after it are empty`,
    );
  const end = outcome.measurements.at(-1)?.time ?? 0;
  if (span && 'time' in span && outcome.status === 'finished' && end < span.time)
    say(
      `tardigrade: ${nameOf(ended, several)} ended at ${end} ms, before its warm-up of ${span.time} ms; statistics after it are empty`,
    );
};

/** Tells of entries of the script that a run didn't live to see, where its end and they are in different units. */
const tellUnreached = (ended: Ended, several: boolean): void => {
  const {
    scenario,
    outcome: { status, summary },
  } = ended;
  if (status !== 'finished') return;
  const missed = (scenario.script ?? []).flatMap(({ at }, i) => {
    const moment = parseEvery(at)!;
    return ('steps' in moment ? moment.steps > summary.steps : moment.time > summary.virtualTimeMs) ? [{ at, i }] : [];
  });
  const [first] = missed;
  if (!first) return;
  const others = missed.length > 1 ? `, nor did ${missed.length - 1} more of the script` : '';
  say(
    `tardigrade: ${nameOf(ended, several)} ended after ${summary.steps} steps, at ${summary.virtualTimeMs} ms, before script.${first.i} (${first.at}), which didn't happen${others}`,
  );
};

/** What theory says of the main run, if it says something; of others it is in their summaries. */
const theoryText = ([main, ...others]: readonly Ended[]): readonly string[] => {
  const { theory } = main!.outcome;
  if (theory.length === 0) return [];
  const title = others.length === 0 ? 'theory' : `theory of ${labelOf(main!)} (of the others: summary.json)`;
  return [`${title}:\n${theory.map((line) => `  ${line}`).join('\n')}`];
};

/** Tells of the runs that were stuck, by name where there are several, and returns the exit code of them all. */
const tellEnd = (all: readonly Ended[], several: boolean): number => {
  for (const ended of all)
    for (const [i, { status, error }] of [ended.outcome, ...(ended.further ?? [])].entries())
      if (status === 'stuck')
        tellStuck(error, countOf(ended) > 1 ? titleOf(ended, i + 1) : several ? labelOf(ended) : undefined);
  return exitCode[wholeStatus(all)];
};

/** A run's name, with its number where it is one of several replications. */
const titleOf = (run: ResolvedRun, number: number): string =>
  countOf(run) === 1 ? labelOf(run) : `${labelOf(run)}, replication ${number} of ${countOf(run)}`;

/** What all simulations of a command have in common. */
interface Setting {
  readonly root: string;
  readonly options: RunOptions;
  readonly interrupt: Observable<unknown>;
}

/** Simulates a run and writes its folder but its summary. */
const executeOne = async (built: Built, title: string, { root, options, interrupt }: Setting): Promise<Ended> => {
  const folder = folderOf(root, built);
  await makeFolder(folder);
  const outcome = await execute(built.scenario, built.run, {
    label: title,
    quiet: options.quiet === true,
    traceIn: options.trace ? folder : undefined,
    interrupt,
  });
  const ended = { ...built, outcome };
  await writeRun(root, ended);
  return ended;
};

/** Simulates a run's further replications, one after another, each into a whole folder of its own; stops when interrupted. */
const replicate = async (first: Ended, build: Builder, setting: Setting): Promise<readonly Outcome[]> => {
  const further: Outcome[] = [];
  let { status } = first.outcome;
  for (let number = 2; number <= countOf(first) && status !== 'interrupted'; number++) {
    const ended = await executeOne(await build(first, number), titleOf(first, number), setting);
    ({ status } = ended.outcome);
    await seal(setting.root, ended, ended.outcome.summary, status);
    further.push(ended.outcome);
  }
  return further;
};

/** Simulates the runs one after another, those after one that is stuck too; stops when interrupted. */
const executeAll = async (runs: readonly Built[], build: Builder, setting: Setting): Promise<readonly Ended[]> => {
  const all: Ended[] = [];
  for (const built of runs) {
    const first = await executeOne(built, titleOf(built, 1), setting);
    const further = await replicate(first, build, setting);
    const ended = { ...first, further };
    all.push(ended);
    const status = wholeStatus([ended]);
    if (built.label !== '') await seal(setting.root, ended, runsSummary(ended), status);
    if (status === 'interrupted') break;
  }
  return all;
};

/**
 * `tardigrade run FILE [key=value …]`: simulates the scenario and those that it is compared with, writes the run's folder
 * and returns the exit code. @throws InputError before anything is written.
 */
export const runCommand = async (file: string, texts: readonly string[], options: RunOptions): Promise<number> => {
  const source = await readScenario(file);
  const resolved = resolveSource(source, overridesOf(texts, options));
  const build = builder({ ...(await surroundingsOf(options)), beside: dirname(file) });
  const built = await buildAll(resolved, build);
  requireBaseline(built);
  await requireLayout(built);
  const { scenario } = built[0]!;
  if (options.out === '') throw new InputError('command line, --out: a folder is needed');
  const root = options.out ?? join('runs', `${scenario.name}-${configHash(scenario).slice(0, 8)}`);
  const interrupt = interruption();
  await makeFolder(root);
  await clearResults(root, file, built[0]!);
  const all = withOverheads(await executeAll(built, build, { root, options, interrupt }));
  await writeOverheads(root, all);
  for (const ended of all) {
    tellCold(ended, built.length > 1);
    tellUnreached(ended, built.length > 1);
  }
  const summary = wholeSummary(all);
  const status = wholeStatus(all);
  await writeFigure(root, all);
  const pictures = await writePictures(root, all);
  await seal(root, all[0]!, summary, status);
  if (options.json) print(JSON.stringify(summary, null, 2));
  else {
    const below = built.some((run) => countOf(run) > 1) ? ['replication'] : [];
    const files = ['figure.svg', 'metrics.jsonl', ...pictures, 'summary.json', 'scenario.yaml', ...below];
    print(`${[tableOf(all), ...overheadsOf(all), ...theoryText(all)].join('\n\n')}\n\n${root}/  ${files.join(', ')}`);
  }
  if (status === 'interrupted') say('tardigrade: interrupted; what was done so far is written');
  return tellEnd(all, built.length > 1);
};
