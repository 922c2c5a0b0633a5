import { DeadlockError } from '../deadlock-error.js';
import type { Cluster } from './cluster.js';
import { nodeNames } from './node-names.js';
import { serverNodes } from './plan.js';

/** So many letters, and as many more for each pair of nodes, without a step of the reference are taken for the end of a run. */
const PATIENCE = 100_000;
const PATIENCE_EACH = 100;

/**
 * Ends a run without an end in time that can't go on; of the actions on the clock, `timers` are the run's own.
 * @throws DeadlockError when nothing is left to happen, or nothing has come of all that happened for long.
 */
export const requireClusterProgress = (
  { plan, clock, steps, idle }: Cluster,
  timers: number,
  waiting: () => string,
  silent: readonly number[],
): void => {
  const said = (what: string): string => {
    const names = nodeNames(plan.workers.length);
    const kept = silent.length === 0 ? '' : `; ${names([...silent].sort((a, b) => a - b))} kept silent`;
    return `after step ${steps}, ${what}; ${waiting()}${kept}`;
  };
  if (clock.pending <= timers)
    throw new DeadlockError(clock.now(), said('nobody computes and no message is under way'));
  const nodes = plan.workers.length + serverNodes(plan.servers!);
  if (idle < PATIENCE + PATIENCE_EACH * nodes ** 2 || clock.now() <= (plan.changesUntil ?? 0)) return;
  throw new DeadlockError(
    clock.now(),
    said(`the run has made no step of the last ${idle} messages`),
    'nothing comes of what happens',
  );
};
