import type { Peer } from './peer.js';
import type { Task } from './tasks/request.js';

/** Who is asked for what. */
export interface Turn {
  readonly peer: Pick<Peer, 'ask'>;
  readonly task: Task;
  /** A file for what the task gives. */
  readonly result?: string | undefined;
  /** Calls in a row for one measurement. */
  readonly calls?: number | undefined;
}

/** Seconds of a call; or that there is no such task, or why it failed. */
export type Outcome = { readonly seconds: number } | { readonly unknown: true } | { readonly error: string };

const rounds = 5;
/** Seconds before the first round: compilers and caches have settled by then. */
const warmup = 0.3;
/** Seconds of one turn. */
const turnSeconds = 0.2;
/** What takes longer than this, in seconds, is measured once. */
const longest = 2;

/** How often to repeat what takes so many seconds, to fill a turn. */
const repeatsIn = (seconds: number): number => Math.min(500, Math.max(1, Math.ceil(turnSeconds / seconds)));

/**
 * Measures in turns, first everybody once, then everybody again and again, so that whatever else keeps the machine busy
 * meets them all; the least time of each counts.
 */
export const inTurns = async (turns: readonly Turn[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { peer, task, result, calls } of turns)
    outcomes.push(await peer.ask({ ...task, repeats: 1, ...(result ? { result } : {}), ...(calls ? { calls } : {}) }));
  for (let round = 0; round < rounds; round++)
    for (const [i, { peer, task, calls = 1 }] of turns.entries()) {
      const before = outcomes[i]!;
      if (!('seconds' in before) || before.seconds * calls > longest) continue;
      const repeats = repeatsIn(before.seconds * calls);
      const now = await peer.ask({ ...task, repeats, calls, warmup: round === 0 ? warmup : 0 });
      outcomes[i] = 'seconds' in now ? { seconds: Math.min(before.seconds, now.seconds) } : now;
    }
  return outcomes;
};
