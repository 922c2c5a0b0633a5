import { text } from 'node:stream/consumers';
import { gradientThread } from '../../src/threads/gradient-threads.js';
import { sharedDataset, threadedGradients } from '../../src/threads/index.js';
import type { Threads } from '../../src/scenario/surroundings.js';
import { traceHashes, type Task, type TraceHashes } from './trace-hashes.js';

/** What this program reads, as JSON, from its standard input. */
export interface NodeTask extends Task {
  /** Threads that take gradients, this program's own included. */
  readonly threads: number;
}

/** What this program writes, as JSON, to its standard output. */
export interface NodeAnswer {
  /** Of this Node: v20.19.0. */
  readonly version: string;
  readonly hashes: TraceHashes;
  /** Number of messages whose gradients were taken in other threads. */
  readonly elsewhere: number;
}

/** Host milliseconds between two looks at a thread that starts, and the most looks. */
const POLL = 10;
const MOST_POLLS = 3000;

let elsewhere = 0;

/** A thread that is ready: these runs are so short that they would end before one that is still starting took part. */
const readyThread: typeof gradientThread = (...made) => {
  const thread = gradientThread(...made);
  const patience = new Int32Array(new SharedArrayBuffer(4));
  for (let polls = 0; thread.free() === undefined; polls++) {
    if (polls === MOST_POLLS) throw new Error('a thread that takes gradients did not start');
    Atomics.wait(patience, 0, 0, POLL);
  }
  return {
    ...thread,
    ask: (slot) => {
      elsewhere++;
      thread.ask(slot);
    },
  };
};

const { threads: count, ...task } = JSON.parse(await text(process.stdin)) as NodeTask;
const threads: Threads = {
  count,
  share: sharedDataset,
  gradients: (spec) => threadedGradients(count, spec, readyThread),
};
const hashes = await traceHashes(task, count > 1 ? { threads } : {});
process.stdout.write(JSON.stringify({ version: process.version, hashes, elsewhere } satisfies NodeAnswer));
