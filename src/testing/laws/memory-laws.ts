import fc from 'fast-check';
import type { Configuration } from '../configuration.js';
import {
  claimed,
  defineLaw,
  drawing,
  mapVectors,
  result,
  shownVector,
  trustedIn,
  unless,
  vectorsFor,
  LAMBDA,
  MOST,
  type Law,
} from '../law.js';

/** What a rule does to memory. */
export const memoryLaws: readonly Law[] = [
  defineLaw({
    id: 'float32',
    name: 'float32 vectors give the float64 result, rounded',
    usual: true,
    says: 'the result for float32 vectors is that of the same numbers in float64, rounded',
    rules: 'all',
    on: 'vectors',
    violation: (rule, each) => {
      const single = mapVectors(each, (x) => x.map(Math.fround));
      const shape = { count: each.weights.length, dimension: each.vectors[0]!.length };
      const out = new Float32Array(shape.dimension);
      const vectors = single.vectors.map((x) => Float32Array.from(x));
      const weights = Float64Array.from(each.weights);
      claimed(rule, each, LAMBDA)({ ...shape, vectors, weights, trusted: vectors[trustedIn(each)] }, out);
      const wanted = result(rule, single).map(Math.fround);
      return unless(
        wanted.every((value, k) => value === out[k]),
        () => `for float32 vectors ${shownVector(wanted)}`,
        () => shownVector([...out]),
      );
    },
  }),
  defineLaw<{ readonly before: Configuration }>({
    id: 'memory',
    name: 'a call leaves its inputs alone and no trace in the next',
    usual: true,
    says: 'the result depends on the call’s own vectors and weights, which stay as they are',
    rules: 'all without memory of earlier results',
    on: 'vectors',
    extra: (rule) => fc.record({ before: vectorsFor(rule) }),
    violation: (rule, each, { before }) => {
      const dimension = each.vectors[0]!.length;
      const earlier = before.vectors.map((x) => Float64Array.from({ length: dimension }, (_, k) => x[k] ?? 1));
      const vectors = each.vectors.map((x) => Float64Array.from(x));
      const count = Math.max(MOST, each.weights.length, before.weights.length);
      const run = rule.rule(LAMBDA, each.weights.length)(drawing(count, dimension));
      const out = new Float64Array(dimension);
      const inputOf = (given: Float64Array[], { weights }: Configuration) => ({
        ...{ count: given.length, dimension, vectors: given, trusted: given[0] },
        weights: Float64Array.from(weights),
      });
      run(inputOf(earlier, before), out);
      const input = inputOf(vectors, each);
      run(input, out);
      const kept =
        vectors.every((x, i) => x.every((v, k) => v === each.vectors[i]![k])) &&
        each.weights.every((w, i) => w === input.weights[i]);
      const fresh = result(rule, each);
      return unless(
        kept && fresh.every((v, k) => v === out[k]),
        () => `${shownVector(fresh)} also after another call, and inputs as they were`,
        () => `${shownVector([...out])}, inputs ${kept ? 'as they were' : 'changed'}`,
      );
    },
  }),
];
