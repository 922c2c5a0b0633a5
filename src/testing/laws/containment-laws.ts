import fc from 'fast-check';
import { honestOf } from '../configuration.js';
import {
  along,
  defineLaw,
  direction,
  mapVectors,
  result,
  shownVector,
  takesAnyWeights,
  unless,
  unlessAgreeing,
  type Law,
  type Violation,
} from '../law.js';
import { dot, longest, sum, type WeightedSet } from '../statistics.js';

/** What is wrong unless a result lies in the box of some vectors, to 1e-9 of the longest. */
const unlessInBox = (got: readonly number[], { vectors, weights }: WeightedSet): Violation | null => {
  const slack = 1e-9 * (1 + longest({ vectors, weights }));
  const least = got.map((_, k) => Math.min(...vectors.map((x) => x[k]!)));
  const most = got.map((_, k) => Math.max(...vectors.map((x) => x[k]!)));
  return unless(
    got.every((value, k) => value >= least[k]! - slack && value <= most[k]! + slack),
    () => `between ${shownVector(least)} and ${shownVector(most)} in each coordinate`,
    () => shownVector(got),
  );
};

/** Where a rule’s result must lie. */
export const containmentLaws: readonly Law[] = [
  defineLaw({
    id: 'unanimity',
    name: 'equal vectors give that vector',
    usual: true,
    says: 'A(u, …, u; s) = u',
    rules: 'all that know no place and no length',
    on: 'vectors',
    violation: (rule, each) => {
      const [first] = each.vectors;
      const same = mapVectors(each, () => [...first!]);
      return unlessAgreeing(result(rule, same), first!, longest(each), 'where all vectors are the first, ');
    },
  }),
  defineLaw({
    id: 'majority',
    name: 'a vector with more than half of the weight is the result',
    says: 'A(x; s) = x_i if s_i > Σs/2',
    rules: 'medians, and rules that choose one vector',
    concerns: takesAnyWeights,
    on: 'vectors',
    violation: (rule, each) => {
      const [first] = each.vectors;
      const total = sum(each.weights);
      const heavy = each.weights.map((w, i) => (i === 0 ? w + 1.01 * total : w));
      const got = result(rule, { vectors: each.vectors, weights: heavy });
      return unlessAgreeing(got, first!, longest(each), `with ${heavy[0]!} as the first vector’s weight, `);
    },
  }),
  defineLaw({
    id: 'box',
    name: 'the result lies in the vectors’ box',
    usual: true,
    says: 'min x_ik <= A(x; s)_k <= max x_ik over all i',
    rules: 'all that know no place and no length',
    on: 'vectors',
    violation: (rule, each) => unlessInBox(result(rule, each), each),
  }),
  defineLaw<{ readonly towards: readonly number[] }>({
    id: 'hull',
    name: 'the result lies in the vectors’ convex hull',
    says: '⟨u, A(x; s)⟩ <= max ⟨u, x_i⟩ for every u',
    rules: 'averages of whole vectors, and rules that choose one',
    on: 'vectors',
    extra: () => fc.record({ towards: direction }),
    violation: (rule, each, { towards }) => {
      const u = each.vectors[0]!.map((_, k) => along(towards, k));
      const reached = dot(result(rule, each), u);
      const most = Math.max(...each.vectors.map((x) => dot(x, u)));
      return unless(
        reached <= most + 1e-8 * (1 + longest(each)),
        () => `⟨u, result⟩ of at most ${most} for u = ${shownVector(u)}`,
        () => String(reached),
      );
    },
  }),
  defineLaw({
    id: 'honest-box',
    name: 'the result lies in the honest vectors’ box',
    says: 'min x_ik <= A(x; s)_k <= max x_ik over honest i',
    rules: 'medians and trimmed means by coordinates',
    on: 'sieges',
    violation: (rule, each) => unlessInBox(result(rule, each, each.lambda), honestOf(each)),
  }),
];
