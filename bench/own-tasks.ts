/**
 * Our side of the benchmarks, as a process like the peers': `node own-tasks.js LIBRARY KERNELS`, where LIBRARY is the
 * built `index.js` of this version or of another one. Only what that exports is used.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { ReadonlyVector } from '../src/index.js';
import { writeFloats } from './tasks/files.js';
import { kernels as implementations, type Library, type ThreadsLibrary } from './tasks/kernels.js';
import { numbersOf } from './tasks/plain.js';
import { ownWork, type Work } from './tasks/own.js';
import type { Answer, Request } from './tasks/request.js';

const [, , path, name] = process.argv;
const library = (await import(pathToFileURL(path!).href)) as Library;
const threadsPath = join(path!, '..', 'threads', 'index.js');
const threads = existsSync(threadsPath)
  ? ((await import(pathToFileURL(threadsPath).href)) as ThreadsLibrary)
  : undefined;
/** Every task has memory of its own. */
const kernelsOf = implementations[name!]!;

const runFor = ({ before, call }: Work, seconds: number): void => {
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    before?.();
    call();
  }
};

const timed = ({ before, call }: Work, { repeats, calls = 1, result }: Request): readonly number[] => {
  const seconds: number[] = [];
  let given: ReadonlyVector = [];
  for (let i = 0; i < repeats; i++) {
    before?.();
    const start = performance.now();
    for (let k = 0; k < calls; k++) given = call();
    seconds.push((performance.now() - start) / 1000 / calls);
  }
  if (result !== undefined) writeFloats(result, numbersOf(given));
  return seconds;
};

let prepared: { readonly what: string; readonly work: Work | undefined } | undefined;

/** The latest task stays prepared, since the same one is asked for again and again, between others' turns. */
const workOf = async (request: Request): Promise<Work | undefined> => {
  const { repeats: _repeats, calls: _calls, warmup: _warmup, result: _result, ...task } = request;
  const what = JSON.stringify(task);
  if (prepared?.what !== what) {
    // The old task's memory can be collected before the new one claims its own.
    prepared = undefined;
    prepared = { what, work: ownWork(library, await kernelsOf(library, threads), task, threads) };
  }
  return prepared.work;
};

const answer = async (request: Request): Promise<Answer> => {
  try {
    const work = await workOf(request);
    if (work === undefined) return { unknown: true };
    runFor(work, request.warmup ?? 0);
    const all = timed(work, request);
    return { seconds: Math.min(...all), all };
  } catch (error) {
    return { error: String(error) };
  }
};

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const manifest = join(path!, '..', '..', '..', 'package.json');
say({ version: (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version });
for await (const line of createInterface({ input: process.stdin })) say(await answer(JSON.parse(line) as Request));
