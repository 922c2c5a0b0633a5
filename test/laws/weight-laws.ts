import fc from 'fast-check';
import { agree, integerCase, longest } from './cases.js';
import { over, result, takesAnyWeights, casesFor, type Law } from './law.js';

export const weightLaws: readonly Law[] = [
  {
    name: 'only the weights’ proportions matter',
    of: (rule) =>
      over(
        fc.record({ each: casesFor(rule), factor: fc.double({ min: 1e-3, max: 1e6, noNaN: true }) }),
        ({ each, factor }) => {
          const heavier = { vectors: each.vectors, weights: each.weights.map((w) => w * factor) };
          return agree(result(rule, heavier), result(rule, each), longest(each));
        },
      ),
  },
  {
    name: 'a whole weight means as many copies',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(integerCase, (each) => {
        const copies = each.vectors.flatMap((x, i) => Array.from({ length: each.weights[i]! }, () => x));
        const unit = { vectors: copies, weights: copies.map(() => 1) };
        return agree(result(rule, unit), result(rule, each), longest(each));
      }),
  },
  {
    name: 'equal vectors may be merged, their weights added',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const merged = new Map<string, { vector: readonly number[]; weight: number }>();
        each.vectors.forEach((vector, i) => {
          const key = vector.join();
          merged.set(key, { vector, weight: (merged.get(key)?.weight ?? 0) + each.weights[i]! });
        });
        const values = [...merged.values()];
        const fewer = { vectors: values.map(({ vector }) => vector), weights: values.map(({ weight }) => weight) };
        return agree(result(rule, fewer), result(rule, each), longest(each));
      }),
  },
];
