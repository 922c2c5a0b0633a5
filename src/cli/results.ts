import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  replicationsOf,
  summaryTable,
  unscored,
  type Replications,
  type Summary,
  type TableRow,
} from '../report/index.js';
import type { Run } from '../scenario/build.js';
import { InputError } from '../scenario/input-error.js';
import type { ResolvedRun } from '../scenario/resolve.js';
import type { Outcome } from './execute.js';
import { countOf } from './replicate.js';
import { labelOf } from './run-label.js';
import { makeFolder, manifestOf, runFiles, scenarioYaml, writeWhole } from './run-folder.js';

/** A run that has ended, with what it was. */
export interface Ended extends ResolvedRun {
  readonly run: Run;
  readonly outcome: Outcome;
  /** How its further replications ended, from the second on; none unless given. */
  readonly further?: readonly Outcome[];
  /** Which replication it is, from 1; the first unless given. */
  readonly replication?: number;
}

/** What `summary.json` holds: the main run's summary, and those of the runs that it is compared with. */
export type WholeSummary = RunsSummary & { readonly compare?: Readonly<Record<string, RunsSummary>> };

/** The summary of a run's first replication, with what all of them say together. */
export type RunsSummary = Summary & { readonly replications?: Replications };

/** Where a run's files go, below the main run's folder. */
export const folderOf = (
  root: string,
  { label, replication = 1 }: Pick<ResolvedRun, 'label'> & { readonly replication?: number },
): string => {
  const folder = label === '' ? root : join(root, 'compare', label.replaceAll(' ', '-'));
  return replication === 1 ? folder : join(folder, 'replication', String(replication));
};

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

/** Takes the runs out of a folder's `compare` or `replication`, and folders that are empty then: never anything of the user's own. */
const clearBelow = async (folder: string, kind: 'compare' | 'replication'): Promise<void> => {
  const below = join(folder, kind);
  if (!existsSync(below)) return;
  for (const name of readdirSync(below)) {
    const run = join(below, name);
    if (kind === 'compare') await clearBelow(run, 'replication');
    if (!existsSync(join(run, 'manifest.json'))) continue;
    await clearFolder(run);
    await rm(join(run, 'scenario.yaml'), { force: true });
    await rmdir(run).catch(() => undefined);
  }
  await rmdir(below).catch(() => undefined);
};

/**
 * Takes what earlier runs left out of a folder, below `compare` and `replication` too, so that nothing stale stands beside new results.
 * @throws InputError when the scenario's own file would be overwritten by something else than itself.
 */
export const clearResults = async (root: string, file: string, main: ResolvedRun): Promise<void> => {
  const own = resolve(root, 'scenario.yaml');
  if (resolve(file) === own && (await readFile(file, 'utf8')) !== scenarioYaml(main.scenario))
    throw new InputError(`${file}: the results would overwrite this file; choose another folder with --out`);
  await clearFolder(root);
  await clearBelow(root, 'replication');
  await clearBelow(root, 'compare');
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a run's files but its summary, its figure and its manifest. */
export const writeRun = async (root: string, ended: Ended): Promise<void> => {
  const folder = folderOf(root, ended);
  await makeFolder(folder);
  await writeWhole(folder, 'scenario.yaml', scenarioYaml(ended.scenario));
  const outside = ended.run.outside && { outsideTheorem: true };
  const lines = ended.outcome.measurements.map((line) => `${JSON.stringify({ ...line, ...outside })}\n`);
  await writeWhole(folder, 'metrics.jsonl', lines.join(''));
};

/** Writes summary.json. */
export const writeSummary = (folder: string, summary: WholeSummary): Promise<void> =>
  writeWhole(folder, 'summary.json', json(summary));

/** Writes the summary, then the manifest: with it the folder is whole. `status` is that of all that the folder holds. */
export const seal = async (
  root: string,
  ended: Ended,
  summary: WholeSummary,
  status: Outcome['status'],
): Promise<void> => {
  const { scenario, outcome } = ended;
  const folder = folderOf(root, ended);
  await writeSummary(folder, summary);
  const { replication = countOf(ended) > 1 ? 1 : 0 } = ended;
  const manifest = manifestOf(scenario, summary, outcome.started, new Date(), status, replication);
  await writeWhole(folder, 'manifest.json', json(manifest));
};

/** The scores that tables and figures show beside the metric, of any of the runs. */
export const besideIn = (all: readonly Ended[]): readonly string[] => [
  ...new Set(all.flatMap(({ run }) => run.plan.objective.beside ?? [])),
];

/** Outcomes of a run's replications, the first one's first; one that was interrupted is like no other, and left out. */
export const outcomesOf = ({ outcome, further = [] }: Ended): readonly Outcome[] => [
  outcome,
  ...further.filter(({ status }) => status !== 'interrupted'),
];

/** The status of several runs together: interrupted, else stuck if any is; of all their replications. */
export const wholeStatus = (all: readonly Ended[]): Outcome['status'] => {
  const statuses = all.flatMap(({ outcome, further = [] }) => [outcome, ...further]).map(({ status }) => status);
  return (['interrupted', 'stuck'] as const).find((status) => statuses.includes(status)) ?? 'finished';
};

/** The summary of a run's first replication, with what all of them say together, and the status of them all. */
export const runsSummary = (ended: Ended): RunsSummary => {
  const { summary } = ended.outcome;
  if (countOf(ended) === 1) return summary;
  const replications = replicationsOf(outcomesOf(ended).map((each) => each.summary));
  return { ...summary, status: wholeStatus([ended]), replications };
};

/** The main run's summary, with those of the runs that it is compared with, and the status of them all together. */
export const wholeSummary = (all: readonly Ended[]): WholeSummary => {
  const [main, ...others] = all;
  const summary = runsSummary(main!);
  if (others.length === 0) return summary;
  const compare = Object.fromEntries(others.map((ended) => [ended.label, runsSummary(ended)]));
  return { ...summary, status: wholeStatus(all), compare };
};

/** A run's row of the table; no virtual time where there is no clock, and no scores of one of several replications that is stuck. */
export const rowOf = (ended: Ended): TableRow => {
  const outcomes = outcomesOf(ended);
  const [first, ...further] = outcomes.map(({ summary, status }): Summary => ({
    ...summary,
    ...(outcomes.length > 1 && status === 'stuck' && unscored(summary)),
    ...(!ended.run.protocol.timed && { virtualTimeMs: NaN }),
    name: labelOf(ended),
  }));
  return { ...first!, status: wholeStatus([ended]), ...(further.length > 0 && { further }) };
};

/** The table at the end: a row a run. */
export const tableOf = (all: readonly Ended[]): string => summaryTable(all.map(rowOf), { beside: besideIn(all) });
