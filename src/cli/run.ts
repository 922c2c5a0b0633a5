import { dirname, join } from 'node:path';
import type { Observable } from 'rxjs';
import type { Dataset } from '../learning/dataset.js';
import { parseEvery } from '../registry/every.js';
import { buildRun, type Run } from '../scenario/build.js';
import { configHash } from '../scenario/config-hash.js';
import { InputError } from '../scenario/input-error.js';
import { resolveSource, type ResolvedRun } from '../scenario/resolve.js';
import type { Surroundings } from '../scenario/surroundings.js';
import { execute } from './execute.js';
import { exitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { print, say, tellStuck } from './output.js';
import { readScenario } from './read-scenario.js';
import {
  clearResults,
  folderOf,
  labelOf,
  seal,
  tableOf,
  wholeStatus,
  wholeSummary,
  writeFigure,
  writePictures,
  writeRun,
  type Ended,
} from './results.js';
import { makeFolder } from './run-folder.js';
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
}

type Built = Omit<Ended, 'outcome'>;

/** Builds every run before any is simulated, so that a mistake in the last one costs nothing. */
const buildAll = async (runs: readonly ResolvedRun[], surroundings: Surroundings): Promise<readonly Built[]> => {
  const cache = new Map<string, Promise<Dataset>>();
  const built: Built[] = [];
  for (const resolved of runs) {
    try {
      const run: Run = await buildRun(resolved.scenario, { ...surroundings, cache });
      built.push({ ...resolved, run });
    } catch (error) {
      throw resolved.explain(error);
    }
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

/** What theory says of each run, by name where there are several; the same sentences once. */
const theories = (all: readonly Ended[]): readonly string[] => {
  const said = new Map<string, string[]>();
  for (const ended of all) {
    const lines = ended.outcome.theory.map((line) => `  ${line}`).join('\n');
    if (lines !== '') said.set(lines, [...(said.get(lines) ?? []), labelOf(ended)]);
  }
  return [...said].map(([lines, names]) => `theory${all.length > 1 ? ` of ${names.join(', ')}` : ''}:\n${lines}`);
};

/** Tells of the runs that were stuck, by name where there are several, and returns the exit code of them all. */
const tellEnd = (all: readonly Ended[], several: boolean): number => {
  for (const ended of all)
    if (ended.outcome.status === 'stuck') tellStuck(ended.outcome.error, several ? labelOf(ended) : undefined);
  return exitCode[wholeStatus(all)];
};

/** Simulates the runs one after another, those after one that is stuck too; stops when interrupted. */
const executeAll = async (
  runs: readonly Built[],
  root: string,
  options: RunOptions,
  interrupt: Observable<unknown>,
): Promise<readonly Ended[]> => {
  const all: Ended[] = [];
  for (const built of runs) {
    const folder = folderOf(root, built);
    await makeFolder(folder);
    const outcome = await execute(built.scenario, built.run, {
      label: labelOf(built),
      quiet: options.quiet === true,
      traceIn: options.trace ? folder : undefined,
      interrupt,
    });
    const ended = { ...built, outcome };
    all.push(ended);
    await writeRun(root, ended);
    if (built.label !== '') await seal(root, ended, outcome.summary, outcome.status);
    if (outcome.status === 'interrupted') break;
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
  const built = await buildAll(resolved, { ...(await surroundingsOf(options)), beside: dirname(file) });
  const { scenario } = built[0]!;
  if (options.out === '') throw new InputError('command line, --out: a folder is needed');
  const root = options.out ?? join('runs', `${scenario.name}-${configHash(scenario).slice(0, 8)}`);
  const interrupt = interruption();
  await makeFolder(root);
  await clearResults(root, file, built[0]!);
  const all = await executeAll(built, root, options, interrupt);
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
    const files = ['figure.svg', 'metrics.jsonl', ...pictures, 'summary.json', 'scenario.yaml'];
    print(`${[tableOf(all), ...theories(all)].join('\n\n')}\n\n${root}/  ${files.join(', ')}`);
  }
  if (status === 'interrupted') say('tardigrade: interrupted; what was done so far is written');
  return tellEnd(all, built.length > 1);
};
