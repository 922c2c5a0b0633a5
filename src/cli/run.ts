import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromEvent, merge, ReplaySubject, type Observable } from 'rxjs';
import type { Dataset } from '../learning/dataset.js';
import { figureSpec, figureSvg, summaryTable, type Summary } from '../report/index.js';
import { buildRun, type Run } from '../scenario/build.js';
import { configHash } from '../scenario/config-hash.js';
import { InputError } from '../scenario/input-error.js';
import { parseOverride } from '../scenario/overrides.js';
import { resolveSource, type ResolvedRun } from '../scenario/resolve.js';
import { execute, type Outcome } from './execute.js';
import { exitCode } from './exit-code.js';
import { print, say, tellStuck } from './output.js';
import { readScenario } from './read-scenario.js';
import { makeFolder, manifestOf, scenarioYaml, writeWhole } from './run-folder.js';

/** The options of `tardigrade run`. */
export interface RunOptions {
  readonly out?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly trace?: boolean;
}

interface Built extends ResolvedRun {
  readonly run: Run;
}

interface Ended extends Built {
  readonly outcome: Outcome;
}

/** What `summary.json` holds: the main run's summary, and those of the runs that it is compared with. */
type WholeSummary = Summary & { readonly compare?: Readonly<Record<string, Summary>> };

/** Builds every run before any is simulated, so that a mistake in the last one costs nothing. */
const buildAll = async (runs: readonly ResolvedRun[], directory: string): Promise<readonly Built[]> => {
  const cache = new Map<string, Promise<Dataset>>();
  const built: Built[] = [];
  for (const resolved of runs) {
    try {
      built.push({ ...resolved, run: await buildRun(resolved.scenario, { directory, cache }) });
    } catch (error) {
      throw resolved.explain(error);
    }
  }
  return built;
};

/** Emits at the first SIGINT or SIGTERM, and to whoever asks later; a second one ends the process at once. */
const interruption = (): Observable<unknown> => {
  const first = new ReplaySubject<unknown>(1);
  let seen = false;
  merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM')).subscribe((signal) => {
    if (seen) process.exit(exitCode.interrupted);
    seen = true;
    first.next(signal);
  });
  return first;
};

const labelOf = ({ label, scenario }: ResolvedRun): string =>
  label === '' ? (scenario.label ?? scenario.name) : label;

const folderOf = (root: string, { label }: ResolvedRun): string =>
  label === '' ? root : join(root, 'compare', label.replaceAll(' ', '-'));

/** What a run's folder may hold besides its manifest. */
const files = ['summary.json', 'figure.svg', 'metrics.jsonl', 'scenario.yaml', 'trace.jsonl'];

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Files of one run but its summary and manifest. */
const writeRun = async (root: string, ended: Ended): Promise<void> => {
  const folder = folderOf(root, ended);
  await makeFolder(folder);
  await writeWhole(folder, 'scenario.yaml', scenarioYaml(ended.scenario));
  const lines = ended.outcome.measurements.map((line) => `${JSON.stringify(line)}\n`);
  await writeWhole(folder, 'metrics.jsonl', lines.join(''));
};

/** The manifest goes last: with it the folder is whole. */
const seal = async (root: string, ended: Ended, summary: WholeSummary): Promise<void> => {
  const { scenario, outcome } = ended;
  const folder = folderOf(root, ended);
  await writeWhole(folder, 'summary.json', json(summary));
  const manifest = manifestOf(scenario, summary.configHash, outcome.started, outcome.ended, outcome.status);
  await writeWhole(folder, 'manifest.json', json(manifest));
};

const figureOf = (all: readonly Ended[]): Promise<string> => {
  const curves = all.map((ended) => ({ name: labelOf(ended), points: ended.outcome.measurements }));
  return figureSvg(figureSpec(curves, { metric: all[0]!.run.plan.objective.metric }));
};

const wholeSummary = (all: readonly Ended[]): WholeSummary => {
  const [main, ...others] = all;
  const { summary } = main!.outcome;
  if (others.length === 0) return summary;
  return { ...summary, compare: Object.fromEntries(others.map(({ label, outcome }) => [label, outcome.summary])) };
};

const exitCodeOf = ({ status }: Outcome): number =>
  ({ finished: exitCode.finished, interrupted: exitCode.interrupted, stuck: exitCode.stuck })[status];

/** Simulates the runs one after another; stops after one that didn't finish. */
const executeAll = async (runs: readonly Built[], root: string, options: RunOptions): Promise<readonly Ended[]> => {
  const interrupt = interruption();
  const all: Ended[] = [];
  for (const built of runs) {
    const folder = folderOf(root, built);
    await makeFolder(folder);
    // What an earlier run left there is not this one's; the manifest goes first, since it vouches for the others.
    for (const file of ['manifest.json', ...files]) await rm(join(folder, file), { force: true });
    const outcome = await execute(built.scenario, built.run, {
      label: labelOf(built),
      quiet: options.quiet === true,
      traceIn: options.trace ? folder : undefined,
      interrupt,
    });
    const ended = { ...built, outcome };
    all.push(ended);
    await writeRun(root, ended);
    if (built.label !== '') await seal(root, ended, outcome.summary);
    if (outcome.status !== 'finished') break;
  }
  return all;
};

/**
 * `tardigrade run FILE [key=value …]`: simulates the scenario and those that it is compared with, writes the run's folder
 * and returns the exit code. @throws InputError before anything is written.
 */
export const runCommand = async (file: string, texts: readonly string[], options: RunOptions): Promise<number> => {
  const source = await readScenario(file);
  const seed =
    options.seed === undefined ? [] : [{ ...parseOverride(`seed=${options.seed}`), text: `--seed ${options.seed}` }];
  const resolved = resolveSource(source, [...texts.map(parseOverride), ...seed]);
  const built = await buildAll(resolved, options.data ?? process.env.TARDIGRADE_DATA ?? 'data');
  const { scenario } = built[0]!;
  if (options.out === '') throw new InputError('command line, --out: a folder is needed');
  const root = options.out ?? join('runs', `${scenario.name}-${configHash(scenario).slice(0, 8)}`);
  const all = await executeAll(built, root, options);
  const summary = wholeSummary(all);
  await writeWhole(root, 'figure.svg', await figureOf(all));
  await seal(root, all[0]!, summary);
  if (options.json) print(json(summary));
  else {
    print(summaryTable(all.map((ended) => ({ ...ended.outcome.summary, name: labelOf(ended) }))));
    print(`\n${root}/  figure.svg, metrics.jsonl, summary.json, scenario.yaml`);
  }
  const last = all.at(-1)!.outcome;
  if (last.status === 'interrupted') say('tardigrade: interrupted; what was done so far is written');
  return last.error === undefined ? exitCodeOf(last) : tellStuck(last.error);
};
