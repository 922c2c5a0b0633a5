import { z } from 'zod';
import { everyOption, parseEvery } from '../registry/every.js';
import { definePart } from '../registry/part.js';
import { idsOf, workersOption, type WorkerSet } from '../registry/workers.js';
import type { Switching } from './switching.js';

export interface PeriodicOptions {
  /** How many workers are Byzantine at a time (at first the last ones), or the ids, from 1, of those who are at first. */
  readonly start: number | WorkerSet;
  /** Steps (`100 steps`) or virtual time (`5s`) between two changes. */
  readonly every: number | string;
  /** `random`: any set of the same size, each as likely; `rotate`: every id moves on by the set's size, the last ids to the first. */
  readonly next?: 'random' | 'rotate' | undefined;
}

/** @throws RangeError when there are no such workers, or nobody else. */
const startAmong = (start: number | WorkerSet, workers: number): readonly number[] => {
  const ids = typeof start === 'number' ? [] : idsOf(start);
  const size = typeof start === 'number' ? start : ids.length;
  if (size >= workers)
    throw new RangeError(`${size} Byzantine workers of ${workers} found; at least one worker must be honest`);
  if (typeof start === 'number') return Array.from({ length: size }, (_, i) => workers - size + i);
  const stranger = ids.find((id) => id > workers);
  if (stranger !== undefined) throw new RangeError(`worker ${stranger} found; ids are 1 to ${workers}`);
  if (new Set(ids).size < size) throw new RangeError('an id is named twice');
  return ids.map((id) => id - 1).sort((a, b) => a - b);
};

/**
 * As many Byzantine workers at any time, and every so often others: Periodic(K) of Dorfman, Yehya & Levy, "Dynamic
 * Byzantine-Robust Learning", ICML 2024, or ids that go round, as attacks on workers' momentum have it. O(size) a change.
 * @throws RangeError when `every` is neither steps nor a time.
 */
export const periodic = ({ start, every, next = 'random' }: PeriodicOptions): Switching => {
  const span = parseEvery(every);
  if (span === undefined)
    throw new RangeError(`every: "${every}" is neither steps nor a time, such as "100 steps" or 5s`);
  return {
    every: span,
    first: (workers) => startAmong(start, workers),
    begin(workers, random) {
      const draws = random.fork('periodic');
      const before = startAmong(start, workers);
      const size = before.length;
      const chosen = new Set(before);
      // The Byzantine ones first.
      const order = Int32Array.from([
        ...before,
        ...Array.from({ length: workers }, (_, i) => i).filter((i) => !chosen.has(i)),
      ]);
      const rotate = (): void => {
        for (let i = 0; i < size; i++) order[i] = (order[i]! + size) % workers;
      };
      const draw = (): void => {
        for (let i = 0; i < size; i++) {
          const j = i + Math.floor(draws.next() * (workers - i));
          const drawn = order[j]!;
          order[j] = order[i]!;
          order[i] = drawn;
        }
      };
      return (turn) => {
        const old = order.slice(0, size).sort();
        if (next === 'rotate') rotate();
        else draw();
        const now = order.slice(0, size).sort();
        const leaving = new Set(old);
        for (const worker of now) leaving.delete(worker);
        const staying = new Set(old);
        for (const worker of leaving) turn(worker, false);
        for (const worker of now) if (!staying.has(worker)) turn(worker, true);
      };
    },
  };
};

export const periodicPart = definePart({
  summary: 'As many Byzantine workers at any time, but every so often others.',
  source:
    'Dorfman, Yehya & Levy, "Dynamic Byzantine-Robust Learning: Adapting to Switching Byzantine Workers", ICML 2024, Periodic(K)',
  parameters: z.strictObject({
    start: z
      .union([z.int().min(1), workersOption('the workers that are Byzantine at first')])
      .describe('how many are Byzantine at a time (at first the last ones), or the ids of those who are at first'),
    every: everyOption('between two changes'),
    next: z
      .enum(['random', 'rotate'])
      .default('random')
      .describe(
        'random: any set of that size, each as likely; rotate: ids move on by the set’s size, the last to the first',
      ),
  }),
  create: periodic,
});
