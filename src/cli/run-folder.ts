import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
import type { Summary } from '../report/index.js';
import type { Scenario } from '../scenario/schema.js';
import { InputError } from '../scenario/input-error.js';
import { version } from './version.js';

/** The files that a run may write into its folder. */
export const runFiles: readonly string[] = [
  ...['manifest.json', 'scenario.yaml', 'summary.json', 'metrics.jsonl', 'trace.jsonl'],
  ...['figure.svg', 'timeline.svg', 'staleness.svg'],
];

export type Status = 'finished' | 'interrupted' | 'stuck';

/** The `manifest.json` of a run's folder. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly seed: number;
  /** Its number among the replications of a run, from 1; 0 where it is the only one. */
  readonly replication: number;
  readonly configHash: string;
  readonly started: string;
  readonly ended: string;
  readonly status: Status;
  /** Preconditions of the protocol's theorem that don't hold, a sentence each; there where some don't. */
  readonly outsideTheorem?: readonly string[];
}

/** Makes a folder below those that it needs, and tells which are new; step by step, since all at once may never end. */
const makeAll = async (folder: string): Promise<readonly string[]> => {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    const above = dirname(folder);
    const code = codeOf(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return [];
    if (code !== 'ENOENT' || above === folder || existsSync(above)) throw error;
    return [...(await makeAll(above)), ...(await makeAll(folder))];
  }
};

/** Makes a folder for results, and tells which are new, the outermost first. @throws InputError when it can't be made. */
export const makeFolder = async (folder: string): Promise<readonly string[]> => {
  try {
    return await makeAll(resolve(folder));
  } catch (error) {
    throw new InputError(`${folder}: the folder for the results can't be made: ${reason(error)}`, { cause: error });
  }
};

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOENT: 'nothing can be made in the folder above it',
  ENOTDIR: 'a file stands in its way',
  EACCES: 'the folder above it may not be written to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const reason = (error: unknown): string => {
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message.split('\n')[0]! : String(error));
};

/** Writes a file whole: to a temporary name beside it, then renamed. @throws InputError when it can't be written. */
export const writeWhole = async (folder: string, file: string, text: string): Promise<void> => {
  try {
    await writeFileAtomic(join(folder, file), text);
  } catch (error) {
    throw new InputError(`${join(folder, file)}: can't be written: ${reason(error)}`, { cause: error });
  }
};

/** A scenario as YAML: what `scenario.yaml` holds; run again, it gives the same bits. */
export const scenarioYaml = (scenario: Scenario): string => stringify(scenario, { lineWidth: 0 });

export const manifestOf = (
  scenario: Scenario,
  { configHash, outsideTheorem }: Pick<Summary, 'configHash' | 'outsideTheorem'>,
  started: Date,
  ended: Date,
  status: Status,
  replication = 0,
): Manifest => ({
  name: scenario.name,
  version,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  seed: scenario.seed,
  replication,
  configHash,
  started: started.toISOString(),
  ended: ended.toISOString(),
  status,
  ...(outsideTheorem && { outsideTheorem }),
});
