import fc from 'fast-check';
import { defineLaw, result, takesAnyWeights, unlessAgreeing, type Law } from '../law.js';
import { longest } from '../statistics.js';

/** What weights mean. */
export const weightLaws: readonly Law[] = [
  defineLaw<{ readonly factor: number }>({
    id: 'proportions',
    name: 'only the weights’ proportions matter',
    usual: true,
    says: 'A(x; a·s) = A(x; s) for a > 0',
    rules: 'all',
    on: 'vectors',
    extra: () => fc.record({ factor: fc.double({ min: 1e-3, max: 1e6, noNaN: true }) }),
    violation: (rule, each, { factor }) => {
      const heavier = { vectors: each.vectors, weights: each.weights.map((w) => w * factor) };
      const saying = `with each weight times ${factor}, the same result `;
      return unlessAgreeing(result(rule, heavier), result(rule, each), longest(each), saying);
    },
  }),
  defineLaw({
    id: 'copies',
    name: 'a whole weight means as many copies',
    usual: true,
    says: 'A(x; s) = A(x_i repeated s_i times; 1) for whole s_i',
    rules: 'all that take any weights',
    concerns: takesAnyWeights,
    on: 'copies',
    violation: (rule, each) => {
      const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
      const unit = { vectors: copies, weights: copies.map(() => 1) };
      const saying = 'as with each vector repeated as often as its weight says, ';
      return unlessAgreeing(result(rule, each), result(rule, unit), longest(each), saying);
    },
  }),
  defineLaw({
    id: 'merging',
    name: 'equal vectors may be merged, their weights added',
    usual: true,
    says: 'A(x, x, …; s_1, s_2, …) = A(x, …; s_1 + s_2, …)',
    rules: 'all that take any weights',
    concerns: takesAnyWeights,
    on: 'vectors',
    violation: (rule, each) => {
      const merged = new Map<string, { vector: readonly number[]; weight: number }>();
      each.vectors.forEach((vector, i) => {
        const key = vector.join();
        merged.set(key, { vector, weight: (merged.get(key)?.weight ?? 0) + each.weights[i]! });
      });
      const values = [...merged.values()];
      const fewer = { vectors: values.map(({ vector }) => vector), weights: values.map(({ weight }) => weight) };
      const saying = `as with equal vectors merged to weights ${fewer.weights.join(', ')}, `;
      return unlessAgreeing(result(rule, each), result(rule, fewer), longest(each), saying);
    },
  }),
];
