import fc from 'fast-check';
import { over, mapVectors, claimed, result, casesFor, LAMBDA, MOST, type Law } from './law.js';

export const memoryLaws: readonly Law[] = [
  {
    name: 'float32 vectors give the float64 result, rounded',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const single = mapVectors(each, (x) => x.map(Math.fround));
        const shape = { count: each.weights.length, dimension: each.vectors[0]!.length };
        const out = new Float32Array(shape.dimension);
        const vectors = single.vectors.map((x) => Float32Array.from(x));
        const weights = Float64Array.from(each.weights);
        claimed(rule, each, LAMBDA)({ ...shape, vectors, weights, trusted: vectors[0] }, out);
        return result(rule, single).every((value, k) => Math.fround(value) === out[k]);
      }),
  },
  {
    name: 'a call leaves its inputs alone and no trace in the next',
    of: (rule) =>
      over(fc.record({ first: casesFor(rule), second: casesFor(rule) }), ({ first, second }) => {
        const dimension = second.vectors[0]!.length;
        const before = first.vectors.map((x) => Float64Array.from({ length: dimension }, (_, k) => x[k] ?? 1));
        const vectors = second.vectors.map((x) => Float64Array.from(x));
        const run = rule.rule(LAMBDA, second.weights.length)({ count: MOST, dimension });
        const out = new Float64Array(dimension);
        const heavy = Float64Array.from(first.weights);
        run({ count: before.length, dimension, vectors: before, weights: heavy, trusted: before[0] }, out);
        const weights = Float64Array.from(second.weights);
        const input = { count: vectors.length, dimension, vectors, weights, trusted: vectors[0] };
        run(input, out);
        const kept = vectors.every((x, i) => x.every((v, k) => v === second.vectors[i]![k]));
        const fresh = result(rule, second);
        return kept && fresh.every((v, k) => v === out[k]) && second.weights.every((w, i) => w === input.weights[i]);
      }),
  },
];
