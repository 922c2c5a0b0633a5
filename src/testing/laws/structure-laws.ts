import fc from 'fast-check';
import {
  along,
  defineLaw,
  direction,
  mapVectors,
  result,
  trustedIn,
  unlessAgreeing,
  LAMBDA,
  type Law,
} from '../law.js';
import { dot, longest } from '../statistics.js';

/** Reflects x at the hyperplane across v. */
const reflect = (x: readonly number[], v: readonly number[]): number[] => {
  const across = x.map((_, k) => along(v, k));
  const squared = dot(across, across);
  return squared === 0 ? [...x] : x.map((value, k) => value - (2 * dot(x, across) * across[k]!) / squared);
};

/** How a rule’s result moves with its vectors. */
export const structureLaws: readonly Law[] = [
  defineLaw<{ readonly order: readonly number[] }>({
    id: 'permutation',
    name: 'the order of the vectors doesn’t matter',
    usual: true,
    says: 'A(x_π; s_π) = A(x; s) for every permutation π',
    rules: 'all; those that choose one of several equally good vectors only up to ties',
    on: 'vectors',
    extra: () => fc.record({ order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }) }),
    violation: (rule, each, { order }) => {
      const rank = (i: number): number => order[i % order.length]!;
      const indices = each.weights.map((_, i) => i).sort((i, j) => rank(i) - rank(j));
      const moved = { vectors: indices.map((i) => each.vectors[i]!), weights: indices.map((i) => each.weights[i]!) };
      const saying = `with the vectors in the order ${indices.map((i) => i + 1).join(', ')} the same result `;
      return unlessAgreeing(
        result(rule, moved, LAMBDA, indices.indexOf(trustedIn(each))),
        result(rule, each),
        longest(each),
        saying,
      );
    },
  }),
  defineLaw<{ readonly by: readonly number[] }>({
    id: 'translation',
    name: 'translated vectors give the translated result',
    usual: true,
    says: 'A(x + c; s) = A(x; s) + c',
    rules: 'all that know no place, such as 0, and no length',
    on: 'vectors',
    extra: () => fc.record({ by: direction }),
    violation: (rule, each, { by }) => {
      const moved = mapVectors(each, (x) => x.map((v, k) => v + 7 * along(by, k)));
      const expected = result(rule, each).map((v, k) => v + 7 * along(by, k));
      const shift = each.vectors[0]!.map((_, k) => 7 * along(by, k)).join(', ');
      return unlessAgreeing(
        result(rule, moved),
        expected,
        longest(each) + longest(moved),
        `with (${shift}) added to each vector, `,
      );
    },
  }),
  defineLaw<{ readonly exponent: number }>({
    id: 'scaling',
    name: 'stretched vectors give the stretched result',
    usual: true,
    says: 'A(a·x; s) = a·A(x; s) for a > 0',
    rules: 'all that know no length',
    on: 'vectors',
    extra: () => fc.record({ exponent: fc.integer({ min: -40, max: 40 }) }),
    violation: (rule, each, { exponent }) => {
      const scale = 2 ** exponent;
      const stretched = result(
        rule,
        mapVectors(each, (x) => x.map((v) => v * scale)),
      );
      return unlessAgreeing(
        stretched.map((v) => v / scale),
        result(rule, each),
        longest(each),
        `with each vector times 2^${exponent}, 2^${exponent} times `,
      );
    },
  }),
  defineLaw({
    id: 'negation',
    name: 'negated vectors give the negated result',
    usual: true,
    says: 'A(−x; s) = −A(x; s)',
    rules: 'all; those that take the smaller of two values at a tie only without one',
    on: 'vectors',
    violation: (rule, each) => {
      const negated = result(
        rule,
        mapVectors(each, (x) => x.map((v) => -v)),
      );
      const expected = result(rule, each).map((v) => -v);
      return unlessAgreeing(negated, expected, longest(each), 'with each vector negated, ');
    },
  }),
  defineLaw<{ readonly across: readonly number[] }>({
    id: 'reflection',
    name: 'reflected vectors give the reflected result',
    says: 'A(Q·x; s) = Q·A(x; s) for a reflection Q, hence for every orthogonal map',
    rules: 'those that look at distances and products only, not at coordinates',
    on: 'vectors',
    extra: () => fc.record({ across: direction }),
    violation: (rule, each, { across }) => {
      const reflected = result(
        rule,
        mapVectors(each, (x) => reflect(x, across)),
      );
      const normal = each.vectors[0]!.map((_, k) => along(across, k)).join(', ');
      return unlessAgreeing(
        reflected,
        reflect(result(rule, each), across),
        longest(each),
        `with each vector reflected across (${normal}), `,
      );
    },
  }),
  defineLaw({
    id: 'coordinates',
    name: 'each coordinate is aggregated alone',
    says: 'A(x; s)_k = A(x_k; s)',
    rules: 'coordinate-wise ones',
    on: 'vectors',
    violation: (rule, each) => {
      const alone = each.vectors[0]!.map(
        (_, k) =>
          result(
            rule,
            mapVectors(each, (x) => [x[k]!]),
          )[0]!,
      );
      return unlessAgreeing(result(rule, each), alone, longest(each), 'from each coordinate alone, ');
    },
  }),
];
