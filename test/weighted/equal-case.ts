import fc from 'fast-check';
import { anyCase, equal, minus, norm, sum, type Case } from '../laws/cases.js';

/** Vectors of one weight, how many of them may lie, and n >= 2f + spare. */
export const equalCase = (spare: number): fc.Arbitrary<Case & { readonly f: number }> =>
  fc
    .record({ each: anyCase, part: fc.double({ min: 0, max: 1, noNaN: true }) })
    .filter(({ each }) => each.vectors.length >= spare)
    .map(({ each, part }) => ({
      ...equal(each),
      f: Math.round(part * Math.floor((each.vectors.length - spare) / 2)),
    }));

/** All sets of `size` of the numbers below n, in lexicographic order. */
export const subsets = (n: number, size: number, from = 0): readonly (readonly number[])[] =>
  size === 0
    ? [[]]
    : Array.from({ length: Math.max(0, n - size - from + 1) }, (_, i) => from + i).flatMap((first) =>
        subsets(n, size - 1, first + 1).map((rest) => [first, ...rest]),
      );

/** The mean of the vectors with these numbers. */
export const meanAt = ({ vectors }: Case, members: readonly number[]): number[] =>
  vectors[0]!.map((_, k) => sum(members.map((i) => vectors[i]![k]!)) / members.length);

export const squaredDistance = (x: readonly number[], y: readonly number[]): number => norm(minus(x, y)) ** 2;

/** The first of the numbers below n for which `value` is least, to rounding. */
export const argmin = (values: readonly number[]): number =>
  values.findIndex((value) => value <= Math.min(...values) * (1 + 1e-9));
