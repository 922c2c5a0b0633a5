import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  figureSpec,
  figureSvg,
  stalenessSpec,
  summaryTable,
  timelineSpec,
  type Panel,
  type Summary,
} from '../report/index.js';
import type { Run } from '../scenario/build.js';
import { InputError } from '../scenario/input-error.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { crosswise } from '../scenario/schema.js';
import type { Outcome } from './execute.js';
import { makeFolder, manifestOf, runFiles, scenarioYaml, writeWhole } from './run-folder.js';

/** A run that has ended, with what it was. */
export interface Ended extends ResolvedRun {
  readonly run: Run;
  readonly outcome: Outcome;
}

/** What `summary.json` holds: the main run's summary, and those of the runs that it is compared with. */
export type WholeSummary = Summary & { readonly compare?: Readonly<Record<string, Summary>> };

/** What a run is called in tables and figures. */
export const labelOf = ({ label, scenario }: ResolvedRun): string =>
  label === '' ? (scenario.label ?? scenario.name) : label;

/** Where a run's files go, below the main run's folder. */
export const folderOf = (root: string, { label }: ResolvedRun): string =>
  label === '' ? root : join(root, 'compare', label.replaceAll(' ', '-'));

/** Files of a run's folder that an earlier run may have left; its manifest goes first, since it vouches for the others. */
const leftovers = [...runFiles.filter((file) => file !== 'scenario.yaml'), 'trace.perfetto.json', 'metrics.csv'];

/** @throws InputError, before anything is removed, when a folder has the name of a file that must be written. */
const clearFolder = async (folder: string): Promise<void> => {
  const paths = leftovers.map((file) => join(folder, file));
  const taken = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (taken !== undefined)
    throw new InputError(`${taken}: a file of this name must be written, and a folder stands there`);
  for (const path of paths) await rm(path, { force: true });
};

/**
 * Takes what earlier runs left out of a folder, below `compare` too, so that nothing stale stands beside new results.
 * @throws InputError when the scenario's own file would be overwritten by something else than itself.
 */
export const clearResults = async (root: string, file: string, main: ResolvedRun): Promise<void> => {
  const own = resolve(root, 'scenario.yaml');
  if (resolve(file) === own && (await readFile(file, 'utf8')) !== scenarioYaml(main.scenario))
    throw new InputError(`${file}: the results would overwrite this file; choose another folder with --out`);
  await clearFolder(root);
  const compare = join(root, 'compare');
  if (!existsSync(compare)) return;
  for (const name of readdirSync(compare)) {
    const folder = join(compare, name);
    if (!existsSync(join(folder, 'manifest.json'))) continue;
    await clearFolder(folder);
    await rm(join(folder, 'scenario.yaml'), { force: true });
    // Only if nothing of the user's own is in it.
    await rmdir(folder).catch(() => undefined);
  }
  await rmdir(compare).catch(() => undefined);
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a run's files but its summary, its figure and its manifest. */
export const writeRun = async (root: string, ended: Ended): Promise<void> => {
  const folder = folderOf(root, ended);
  await makeFolder(folder);
  await writeWhole(folder, 'scenario.yaml', scenarioYaml(ended.scenario));
  const lines = ended.outcome.measurements.map((line) => `${JSON.stringify(line)}\n`);
  await writeWhole(folder, 'metrics.jsonl', lines.join(''));
};

/** Writes the summary, then the manifest: with it the folder is whole. `status` is that of all that the folder holds. */
export const seal = async (
  root: string,
  ended: Ended,
  summary: WholeSummary,
  status: Outcome['status'],
): Promise<void> => {
  const { scenario, outcome } = ended;
  const folder = folderOf(root, ended);
  await writeWhole(folder, 'summary.json', json(summary));
  const manifest = manifestOf(scenario, summary.configHash, outcome.started, new Date(), status);
  await writeWhole(folder, 'manifest.json', json(manifest));
};

const panelAxis = {
  steps: 'step',
  time: 'time',
  messages: 'messages',
  bytes: 'bytes',
  gradients: 'gradients',
  passes: 'passes',
} as const satisfies Readonly<Record<(typeof crosswise)[number], Panel['against']>>;

/** The scores that tables and figures show beside the metric, of any of the runs. */
const besideIn = (all: readonly Ended[]): readonly string[] => [
  ...new Set(all.flatMap(({ run }) => run.plan.objective.beside ?? [])),
];

/**
 * The main curves: the metric against what the scenario says; else a run without a clock is drawn against steps only, with the
 * loss beside its metric. Further scores follow, against the same.
 */
const panelsOf = ({ run, outcome, scenario }: Ended, beside: readonly string[]): readonly Panel[] => {
  const { name } = run.plan.objective.metric;
  const against = scenario.measure?.against;
  if (against !== undefined || run.protocol.timed) {
    const axes = [against ?? (['steps', 'time'] as const)].flat().map((axis) => panelAxis[axis]);
    return [name, ...beside].flatMap((score) => axes.map((axis) => ({ score, against: axis })));
  }
  const scores = [name, 'loss'].filter((score, i, all) => all.indexOf(score) === i);
  const measured = scores.filter((score) => outcome.measurements.some((line) => score in line));
  return [...new Set([...measured, ...beside])].map((score) => ({ score, against: 'step' }));
};

/** Draws all runs into the main run's folder. */
export const writeFigure = async (root: string, all: readonly Ended[]): Promise<void> => {
  const curves = all.map((ended) => ({ name: labelOf(ended), points: ended.outcome.measurements }));
  const panels = panelsOf(all[0]!, besideIn(all));
  const { metric } = all[0]!.run.plan.objective;
  await writeWhole(root, 'figure.svg', await figureSvg(figureSpec(curves, { metric, panels })));
};

/**
 * Draws what the scenario asks for beside the curves: each run's timeline into its own folder, and the staleness of all of them
 * into the main run's. Returns the files of the main run's folder.
 */
export const writePictures = async (root: string, all: readonly Ended[]): Promise<readonly string[]> => {
  const drawn = all.filter(({ outcome }) => outcome.timeline !== undefined);
  for (const ended of drawn)
    await writeWhole(
      folderOf(root, ended),
      'timeline.svg',
      await figureSvg(timelineSpec(ended.outcome.timeline!, labelOf(ended))),
    );
  if (drawn.length === 0) return [];
  const runs = all.map((ended) => ({ name: labelOf(ended), histogram: ended.outcome.stalenessHistogram }));
  await writeWhole(root, 'staleness.svg', await figureSvg(stalenessSpec(runs)));
  return ['staleness.svg', 'timeline.svg'];
};

/** The status of several runs together: interrupted, else stuck if any is. */
export const wholeStatus = (all: readonly Ended[]): Outcome['status'] => {
  const statuses = all.map(({ outcome }) => outcome.status);
  return (['interrupted', 'stuck'] as const).find((status) => statuses.includes(status)) ?? 'finished';
};

/** The main run's summary, with those of the runs that it is compared with, and the status of them all together. */
export const wholeSummary = (all: readonly Ended[]): WholeSummary => {
  const [main, ...others] = all;
  const { summary } = main!.outcome;
  if (others.length === 0) return summary;
  const compare = Object.fromEntries(others.map(({ label, outcome }) => [label, outcome.summary]));
  return { ...summary, status: wholeStatus(all), compare };
};

/** The table at the end: a row a run; no virtual time where there is no clock. */
export const tableOf = (all: readonly Ended[]): string =>
  summaryTable(
    all.map((ended) => {
      const { summary } = ended.outcome;
      const virtualTimeMs = ended.run.protocol.timed ? summary.virtualTimeMs : NaN;
      return { ...summary, virtualTimeMs, name: labelOf(ended) };
    }),
    { beside: besideIn(all) },
  );
