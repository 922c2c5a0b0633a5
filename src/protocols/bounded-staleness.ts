import { defer } from 'rxjs';
import { z } from 'zod';
import type { Protocol } from '../engine/protocol.js';
import { definePart } from '../registry/part.js';
import { requireHonest } from './require-honest.js';
import { served } from './served.js';

export interface BoundedStalenessOptions {
  /** s, the most messages by which a worker may be ahead of the slowest one when it is sent a model, >= 0. */
  readonly bound: number;
}

/**
 * The server steps on every arrival, with the latest vectors of all workers, but sends a worker that has delivered more than s
 * messages more than the slowest its next model only when the slowest has caught up. Ho et al., "More Effective Distributed
 * ML via a Stale Synchronous Parallel Parameter Server", NeurIPS 2013, section 2: at s = 0 all workers proceed in step.
 * @throws RangeError when all workers are Byzantine.
 */
export const boundedStaleness = ({ bound }: BoundedStalenessOptions): Protocol => ({
  timed: true,
  check: requireHonest,
  waiting: (world) => {
    const counts = world.plan.workers.map((_, worker) => world.deliveredBy(worker));
    const least = counts.reduce((a, b) => Math.min(a, b));
    const slowest = Array.from(counts.keys()).filter((worker) => counts[worker] === least);
    return `those ahead wait for worker ${slowest.map((worker) => worker + 1).join(', ')}`;
  },
  serve: (world) =>
    defer(() => {
      // Work that the server's policy rejects is work done: else a worker of which nothing counts would stop everybody.
      /** How many workers have delivered so many messages; everybody is at or above `least`. */
      const level = new Map([[0, world.plan.workers.length]]);
      let least = 0;
      let ahead: number[] = [];

      /** Counts an arrival; says whether the slowest have moved on. */
      const advance = (worker: number): boolean => {
        const count = world.deliveredBy(worker);
        level.set(count, (level.get(count) ?? 0) + 1);
        const left = level.get(count - 1)! - 1;
        if (left > 0) level.set(count - 1, left);
        else level.delete(count - 1);
        if (left > 0 || count - 1 !== least) return false;
        least = count;
        return true;
      };
      const sendOrHold = (worker: number): void => {
        if (world.deliveredBy(worker) - least <= bound) world.send(worker);
        else ahead.push(worker);
      };

      for (const worker of world.plan.workers.keys()) world.send(worker);
      return served(world, (worker) => {
        if (world.receive(worker)) {
          world.aggregate();
          world.update();
        }
        const moved = advance(worker);
        const waiting = moved ? ahead : [];
        if (moved) ahead = [];
        waiting.forEach(sendOrHold);
        sendOrHold(worker);
      });
    }),
});

export const boundedStalenessPart = definePart({
  summary: 'Asynchronous, but nobody is sent a model while more than s messages ahead of the slowest worker.',
  source: 'Ho et al., "More Effective Distributed ML via a Stale Synchronous Parallel Parameter Server", NeurIPS 2013',
  aliases: ['ssp', 'stale-synchronous-parallel'],
  precondition: 'the aggregator’s, for the latest vectors of all workers; a silent worker stops everybody',
  parameters: z.strictObject({
    bound: z.int().min(0).max(1e9).default(3).describe('s, the most messages ahead of the slowest worker, >= 0'),
  }),
  create: boundedStaleness,
});
