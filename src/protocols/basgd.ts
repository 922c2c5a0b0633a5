import { defer } from 'rxjs';
import { z } from 'zod';
import type { Protocol } from '../engine/protocol.js';
import { definePart } from '../registry/part.js';
import { requireHonest } from './require-honest.js';
import { served } from './served.js';

export interface BasgdOptions {
  /** B, the number of buffers, >= 1 and at most that of workers. */
  readonly buffers: number;
}

/**
 * Worker i (counted from 0) sends to buffer i mod B, which keeps the mean of what it has received; as soon as no buffer is
 * empty, the server aggregates the means, steps and empties them all. A worker is sent the newest model as soon as its
 * message has arrived. Yang & Li, "BASGD: Buffered Asynchronous SGD for Byzantine Learning", ICML 2021, Algorithm 1.
 * @throws RangeError when there are fewer workers than buffers, or all are Byzantine.
 */
export const basgd = ({ buffers }: BasgdOptions): Protocol => ({
  timed: true,
  takesCopies: true,
  restarts: true,
  check: (workers) => {
    requireHonest(workers);
    if (workers.length < buffers)
      throw new RangeError(`${buffers} buffers need ${buffers} workers or more, got ${workers.length}`);
  },
  gathers: () => ({ rows: buffers, copies: buffers, place: (worker) => worker % buffers }),
  waiting: ({ gathered }) => {
    const empty = Array.from(gathered.numbers.subarray(0, buffers).keys()).filter((b) => gathered.numbers[b] === 0);
    return `the server waits for buffer ${empty.map((b) => b + 1).join(', ')} of ${buffers}, which no message has reached`;
  },
  serve: (world) =>
    defer(() => {
      const { gathered } = world;
      for (const worker of world.plan.workers.keys()) world.send(worker);
      return served(world, (worker) => {
        if (world.receive(worker)) gathered.add(worker);
        if (gathered.count === buffers) {
          world.aggregate(gathered);
          gathered.clear();
          world.update();
        }
        world.sendOn(worker);
      });
    }),
});

export const basgdPart = definePart({
  summary: 'Workers share buffers that keep means; the server steps when no buffer is empty.',
  source: 'Yang & Li, "BASGD: Buffered Asynchronous SGD for Byzantine Learning", ICML 2021, Algorithm 1',
  aliases: ['buffered-asynchronous-sgd'],
  precondition: 'the aggregator’s, for B vectors of which Byzantine workers spoil as many as they send to: B >= 2f + 1',
  gathers: true,
  parameters: z.strictObject({
    buffers: z.int().min(1).max(1e5).describe('B, the number of buffers; worker i (from 0) sends to buffer i mod B'),
  }),
  create: basgd,
});
