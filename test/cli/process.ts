import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { stringify } from 'yaml';
import { small } from '../scenario/small-scenario.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** What a process left behind. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const start = (cwd: string, ...args: readonly string[]): ChildProcess => startWith([], cwd, args);

const startWith = (before: readonly string[], cwd: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...before, main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TARDIGRADE_DATA: '' },
  });

/** Waits until a process has ended and its pipes are closed. */
export const ending = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });

/** The small scenario without its name, so that it takes its file's. */
const { name: _, ...tiny } = small;
export { tiny };

/** Runs `tardigrade` with arguments in a folder. */
export const tardigrade = (cwd: string, ...args: readonly string[]): Promise<Ended> => ending(start(cwd, ...args));

/** Runs `tardigrade` with arguments in a folder, after a module beside this one, which may give it parts of its own. */
export const tardigradeAfter = (module: string, cwd: string, ...args: readonly string[]): Promise<Ended> =>
  ending(startWith(['--import', new URL(module, import.meta.url).href], cwd, args));

/** A folder that is gone after the test. */
export const folder = async (t: ExecutionContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'tardigrade-'));
  t.teardown(() => rm(path, { recursive: true, force: true }));
  return path;
};

/** A folder with `tiny.yaml` in it, a scenario that runs in milliseconds. */
export const folderWithTiny = async (t: ExecutionContext, changes: object = {}): Promise<string> => {
  const path = await folder(t);
  await writeFile(join(path, 'tiny.yaml'), stringify({ ...tiny, ...changes }));
  return path;
};

export const read = (...path: readonly string[]): Promise<string> => readFile(join(...path), 'utf8');

export const readJson = async (...path: readonly string[]): Promise<Readonly<Record<string, unknown>>> =>
  JSON.parse(await read(...path)) as Readonly<Record<string, unknown>>;

/** Names in a folder, sorted; hidden ones too. */
export const list = async (...path: readonly string[]): Promise<readonly string[]> =>
  (await readdir(join(...path))).sort();

/** Waits until something of that name appears, or is written to, in a folder. */
export const seen = async (path: string, name: (file: string) => boolean, type?: 'change'): Promise<void> => {
  for await (const event of watch(path))
    if (name(event.filename ?? '') && (type === undefined || event.eventType === type)) return;
};
