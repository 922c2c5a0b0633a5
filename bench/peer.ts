import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { notInstalled, pythonWith, type PythonModule } from './python.js';
import type { Answer, Request } from './tasks/request.js';

/** A process that does the tasks it is asked for and says how long they took. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Does one task; answers come in the order of the questions. */
  ask(request: Request): Promise<Answer>;
  close(): void;
}

/** A peer that isn't here. */
export interface Absent {
  readonly name: string;
  readonly absent: string;
}

export type Contender = Peer | Absent;

/** Numerical libraries take all cores unless told otherwise. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/**
 * Starts a process that speaks JSON lines: first {"version"}, then an answer to each request. Rejects when it ends before
 * it has said anything; a request that it doesn't survive is answered by an error.
 */
export const startPeer = async (name: string, command: string, args: readonly string[]): Promise<Peer> => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...oneThread } });
  const waiting: ((answer: unknown) => void)[] = [];
  let ended = false;
  const end = (): void => {
    ended = true;
    for (const resolve of waiting.splice(0)) resolve({ error: `the process of ${name} has ended` });
  };
  const answer = (): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (ended) end();
    });
  createInterface({ input: child.stdout }).on('line', (text) => waiting.shift()?.(JSON.parse(text)));
  child.on('error', end).on('close', end);
  child.stdin.on('error', end);
  const ready = (await answer()) as { readonly version: string } | { readonly error: string };
  if ('error' in ready) throw new Error(ready.error);
  return {
    name,
    version: ready.version,
    ask: (request) => {
      const answered = answer() as Promise<Answer>;
      if (!ended) child.stdin.write(`${JSON.stringify(request)}\n`);
      return answered;
    },
    close: () => child.stdin.end(),
  };
};

const scripts = join(import.meta.dirname, '..', '..', 'bench', 'peers');

/** Starts a script of `bench/peers` where a Python has the module that it needs. */
export const pythonPeer = async (module: PythonModule, script: string): Promise<Contender> => {
  const { name } = module;
  const found = pythonWith(module.module);
  if (found === undefined) return { name, absent: notInstalled(module) };
  try {
    return await startPeer(name, found.python, [join(scripts, script)]);
  } catch (error) {
    return { name, absent: (error as Error).message };
  }
};
