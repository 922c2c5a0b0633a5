import fc from 'fast-check';
import { along, defineLaw, direction, result, shownVector, unless, type Law } from '../law.js';
import { longest, meanOf, minus, norm, sum, type WeightedSet } from '../statistics.js';

/** Σs_i‖y − x_i‖. */
const distancesFrom = (y: readonly number[], { vectors, weights }: WeightedSet): number =>
  sum(vectors.map((x, i) => weights[i]! * norm(minus(x, y))));

/** What only some rules promise by their definition. */
export const definingLaws: readonly Law[] = [
  defineLaw<{ readonly towards: readonly number[]; readonly step: number }>({
    id: 'geometric-median',
    name: 'no point has a smaller weighted sum of distances',
    says: 'Σs_i‖A − x_i‖ <= Σs_i‖y − x_i‖ for every y',
    rules: 'geometric medians',
    special: true,
    on: 'vectors',
    extra: () =>
      fc.record({
        towards: direction,
        step: fc.constantFrom(1e-4, 1e-2, 1, 100),
      }),
    violation: (rule, each, { towards, step }) => {
      const got = result(rule, each);
      const beside = got.map((v, k) => v + step * along(towards, k));
      const others = [...each.vectors, meanOf(each), beside].map((y) => distancesFrom(y, each));
      const least = Math.min(...others);
      return unless(
        distancesFrom(got, each) <= least * (1 + 1e-9) + 1e-9 * longest(each),
        () => `a weighted sum of distances of at most ${least}, as another point has`,
        () => `${shownVector(got)} with ${distancesFrom(got, each)}`,
      );
    },
  }),
  defineLaw({
    id: 'selection',
    name: 'the result is one of the vectors',
    says: 'A(x; s) = x_i for some i',
    rules: 'rules that choose one vector',
    special: true,
    on: 'vectors',
    violation: (rule, each) => {
      const got = result(rule, each);
      return unless(
        each.vectors.some((x) => x.every((v, k) => v === got[k])),
        () => 'one of the vectors, to the bit',
        () => shownVector(got),
      );
    },
  }),
];
