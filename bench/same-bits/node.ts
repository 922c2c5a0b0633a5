import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NodeAnswer, NodeTask } from './in-this-node.js';

/** How a Node is called: the program and its first arguments. */
export type NodeCommand = readonly [string, ...string[]];

interface Ended {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. @throws Error when it can't be started. */
const call = ([program, ...first]: NodeCommand, rest: readonly string[], input: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...rest], { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // Whoever ends without reading breaks the pipe; its exit code and words say more.
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', (cause) => {
      reject(new Error(`${program} could not be started: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });

/** The Node of a major version from the npm package `node`; undefined where it can't be had. */
export const nodeOfMajor = async (major: number): Promise<NodeCommand | undefined> => {
  const command: NodeCommand = ['npx', '--yes', `node@${major}`];
  try {
    const { code, stdout } = await call(command, ['--version'], '');
    return code === 0 && stdout.trim().startsWith(`v${major}.`) ? command : undefined;
  } catch {
    return undefined;
  }
};

/** Has a Node simulate. @throws Error with what it said when it fails. */
export const inNode = async (command: NodeCommand, task: NodeTask): Promise<NodeAnswer> => {
  const program = join(import.meta.dirname, 'in-this-node.js');
  const { code, stdout, stderr } = await call(command, [program], JSON.stringify(task));
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${stderr}`);
  return JSON.parse(stdout) as NodeAnswer;
};
