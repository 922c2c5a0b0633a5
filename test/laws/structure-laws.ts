import fc from 'fast-check';
import { agree, dot, longest } from './cases.js';
import { over, mapVectors, direction, result, casesFor, LAMBDA, type Law } from './law.js';

/** Reflects x at the hyperplane across v. */
const reflect = (x: readonly number[], v: readonly number[]): number[] => {
  const across = v.slice(0, x.length);
  const squared = dot(across, across);
  return squared === 0 ? [...x] : x.map((value, k) => value - (2 * dot(x, across) * across[k]!) / squared);
};

export const structureLaws: readonly Law[] = [
  {
    name: 'the order of the vectors doesn’t matter',
    of: (rule) =>
      over(
        fc.record({ each: casesFor(rule), order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }) }),
        ({ each, order }) => {
          const indices = each.weights.map((_, i) => i).sort((i, j) => order[i]! - order[j]!);
          const moved = {
            vectors: indices.map((i) => each.vectors[i]!),
            weights: indices.map((i) => each.weights[i]!),
          };
          return agree(result(rule, moved, LAMBDA, indices.indexOf(0)), result(rule, each), longest(each));
        },
      ),
  },
  {
    name: 'translated vectors give the translated result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), by: direction }), ({ each, by }) => {
        const moved = mapVectors(each, (x) => x.map((v, k) => v + 7 * by[k]!));
        const expected = result(rule, each).map((v, k) => v + 7 * by[k]!);
        return agree(result(rule, moved), expected, longest(each) + longest(moved));
      }),
  },
  {
    name: 'stretched vectors give the stretched result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), exponent: fc.integer({ min: -40, max: 40 }) }), ({ each, exponent }) => {
        const scale = 2 ** exponent;
        const stretched = result(
          rule,
          mapVectors(each, (x) => x.map((v) => v * scale)),
        );
        return agree(
          stretched.map((v) => v / scale),
          result(rule, each),
          longest(each),
        );
      }),
  },
  {
    name: 'negated vectors give the negated result',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const negated = result(
          rule,
          mapVectors(each, (x) => x.map((v) => -v)),
        );
        return agree(
          negated.map((v) => -v),
          result(rule, each),
          longest(each),
        );
      }),
  },
  {
    name: 'reflected vectors give the reflected result',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), across: direction }), ({ each, across }) => {
        const reflected = result(
          rule,
          mapVectors(each, (x) => reflect(x, across)),
        );
        return agree(reflected, reflect(result(rule, each), across), longest(each));
      }),
  },
  {
    name: 'each coordinate is aggregated alone',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const alone = each.vectors[0]!.map(
          (_, k) =>
            result(
              rule,
              mapVectors(each, (x) => [x[k]!]),
            )[0]!,
        );
        return agree(alone, result(rule, each), longest(each));
      }),
  },
];
