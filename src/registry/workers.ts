import { z } from 'zod';
import { describeFound } from './found.js';

/** Ids of workers, from 1, and ranges of them such as "3..7". */
export type WorkerSet = readonly (number | string)[];

const LARGEST_ID = 1e6;

const rangePattern = /^\s*(\d+)\s*\.\.\s*(\d+)\s*$/;

const isRange = ([first, last]: readonly [number, number]): boolean =>
  Number.isInteger(first) && first >= 1 && first <= last && last <= LARGEST_ID;

const boundsOf = (item: number | string): readonly [number, number] => {
  if (typeof item === 'number') return [item, item];
  const [, first, last] = rangePattern.exec(item) ?? [];
  return [Number(first), Number(last)];
};

/** The first and the last id of each item of a set. @throws RangeError for what is neither an id nor a range of them. */
export const rangesOf = (set: WorkerSet): readonly (readonly [first: number, last: number])[] =>
  set.map((item) => {
    const bounds = boundsOf(item);
    if (isRange(bounds)) return bounds;
    throw new RangeError(`workers: ${item} is no range of ids, 1 to ${LARGEST_ID}`);
  });

/** The ids of a set, in the order in which it names them. @throws RangeError for what is neither an id nor a range of them. */
export const idsOf = (set: WorkerSet): readonly number[] =>
  rangesOf(set).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

/** The set, with ranges, that names ascending ids. */
export const setOf = (ids: readonly number[]): WorkerSet => {
  const ends = ids.filter((id, i) => ids[i + 1] !== id + 1);
  const starts = ids.filter((id, i) => ids[i - 1] !== id - 1);
  return starts.map((first, i) => (first === ends[i] ? first : `${first}..${ends[i]!}`));
};

const range = z
  .string()
  .regex(rangePattern, 'a worker’s id or a range such as "3..7" is needed')
  .refine((item) => isRange(boundsOf(item)), {
    error: ({ input }) => `${describeFound(input)}; a range goes up, from an id to a larger one, 1 to ${LARGEST_ID}`,
  });

const named = (set: WorkerSet): number =>
  set.reduce<number>((sum, item) => {
    const [first, last] = boundsOf(item);
    return sum + last - first + 1;
  }, 0);

/** The schema of a set of workers: at least one, unless `fewest` says otherwise. */
export const workersOption = (description: string, fewest = 1) =>
  z
    .array(z.union([z.int().min(1).max(LARGEST_ID), range]))
    .min(fewest)
    .max(LARGEST_ID)
    // Ranges that overlap must not make a short list name more than any memory holds.
    .refine((set) => named(set) <= LARGEST_ID, {
      error: ({ input }) =>
        `the list names ${named(input as WorkerSet)} workers, more than there can be (${LARGEST_ID})`,
    })
    .describe(`${description}: ids, counted from 1, and ranges such as "3..7"`);
