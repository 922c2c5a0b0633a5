import test from 'ava';
import fc from 'fast-check';
import type { SetSearch } from '../../src/weighted/set-search.js';

/** Squared distances that tell how often they were read. */
const counting = (squared: Float64Array): { readonly squared: Float64Array; readonly reads: () => number } => {
  let reads = 0;
  return {
    squared: new Proxy(squared, {
      get: (target, key) => {
        if (typeof key === 'string' && key >= '0' && key <= ':') reads += 1;
        return Reflect.get(target, key) as unknown;
      },
    }),
    reads: () => reads,
  };
};

/** Squared distances of all pairs of points. */
export const squaredOf = (points: readonly (readonly number[])[]): Float64Array =>
  Float64Array.from(
    points.flatMap((x) => points.map((y) => x.reduce((sum, value, k) => sum + (value - y[k]!) ** 2, 0))),
  );

/** The set that a search finds among the points. */
export const found = (
  search: (most: number) => SetSearch,
  points: readonly (readonly number[])[],
  f: number,
): number[] => {
  const kept = new Uint8Array(points.length);
  search(points.length)(squaredOf(points), points.length, f, kept);
  return [...kept.keys()].filter((i) => kept[i] === 1);
};

/** All sets of n − f of the first n numbers, in lexicographic order. */
export const allSets = (n: number, f: number): number[][] => {
  const sets: number[][] = [];
  const extend = (set: readonly number[], next: number): void => {
    if (set.length === n - f) sets.push([...set]);
    else for (let i = next; i < n; i++) extend([...set, i], i + 1);
  };
  extend([], 0);
  return sets;
};

/** The first of the best sets, by trying all. */
export const firstBest = (n: number, f: number, cost: (set: readonly number[]) => number): number[] => {
  const sets = allSets(n, f);
  const costs = sets.map(cost);
  const least = Math.min(...costs);
  return sets[costs.findIndex((each) => each <= least * (1 + 1e-9))]!;
};

const coordinate = fc.integer({ min: -5, max: 5 });

/** Up to eight points with a number of them to leave out. */
export const cases: fc.Arbitrary<readonly [readonly (readonly number[])[], number]> = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 8 })
  .chain((points) => fc.tuple(fc.constant(points), fc.integer({ min: 0, max: Math.floor((points.length - 1) / 2) })));

/** Many points of which a few lie apart: those that a search has to find. */
const scattered: readonly (readonly number[])[] = fc.sample(
  fc.tuple(
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: -50, max: 50 }),
  ),
  { seed: 7, numRuns: 18 },
);

/** Holds a search, for each f of the scattered points to leave out, to the most looks at distances that it needs for it. */
export const holdToReads = (
  search: (most: number) => SetSearch,
  limits: readonly (readonly [f: number, most: number])[],
): void => {
  const n = scattered.length;
  for (const [f, most] of limits)
    test(`leaving ${f} of ${n} out takes no more looks at distances than branch and bound needs`, (t) => {
      const { squared, reads } = counting(squaredOf(scattered));
      search(n)(squared, n, f, new Uint8Array(n));
      t.true(reads() <= most, `${reads()} reads`);
    });
};
