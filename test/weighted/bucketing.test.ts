import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { seededRandom } from '../../src/random/index.js';
import type { AggregatorRule, WeightedVectors } from '../../src/weighted/aggregator.js';
import { bucketing } from '../../src/weighted/bucketing.js';
import { dnc } from '../../src/weighted/dnc.js';
import { krum } from '../../src/weighted/krum.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { aggregate, agree, anyCase, equal, longest, meanOf, norm, sum, type Case } from '../laws/cases.js';
import { bothKernels } from '../kernels/both.js';
import { line } from './line.js';

interface Bucket {
  readonly mean: readonly number[];
  readonly weight: number;
}

/** A base rule that notes what it is given. */
const noting =
  (notes: Bucket[][]): AggregatorRule =>
  () =>
  ({ count, dimension, vectors, weights }: WeightedVectors) => {
    notes.push(
      Array.from({ length: count }, (_, i) => ({
        mean: Array.from({ length: dimension }, (__, k) => vectors[i]![k]!),
        weight: weights[i]!,
      })),
    );
  };

const bucketsOf = (each: Case, size: number, calls = 1): readonly Bucket[][] => {
  const notes: Bucket[][] = [];
  const shape = { count: each.vectors.length, dimension: each.vectors[0]!.length };
  const random = (name: string) => seededRandom(1).fork(name);
  const rule = bucketing({ size })(noting(notes))({ ...shape, random });
  for (let call = 0; call < calls; call++) rule({ ...shape, ...each }, new Float64Array(shape.dimension));
  return notes;
};

test('vectors are put together as drawn, the last bucket is divided by its true size', (t) => {
  // Places 0 to 4 hold the vectors 2, 0, 1, 3, 4: 2 is exchanged with 0, then 0 with itself at its new place.
  const draws = [2.5 / 5, 1.5 / 4, 0.5 / 3, 0.5 / 2];
  const notes: Bucket[][] = [];
  let next = 0;
  const random = (name: string) => {
    t.is(name, 'bucketing');
    return { next: () => draws[next++]! };
  };
  const rule = bucketing({})(noting(notes))({ count: 5, dimension: 1, random });
  rule({ count: 5, dimension: 1, vectors: [[10], [20], [40], [80], [160]], weights: [1, 1, 1, 1, 1] }, new Float64Array(1)); // prettier-ignore
  t.is(next, 4);
  // After the first exchange: 2 1 0 3 4; the second exchanges the places 1 and 2: 2 0 1 3 4; the others stay.
  t.deepEqual(notes, [[{ mean: [25], weight: 1 }, { mean: [50], weight: 1 }, { mean: [160], weight: 1 }]]); // prettier-ignore
});

testProp(
  'the buckets are those of some order: each vector is in one, and each is as heavy as its members are in the mean',
  [anyCase, fc.integer({ min: 1, max: 4 })],
  (t, each, size) => {
    const n = each.vectors.length;
    // Members are told by their powers of two.
    const marked = { vectors: each.vectors.map((_, i) => [2 ** i]), weights: each.vectors.map(() => 1) };
    const [order] = bucketsOf(marked, size);
    const members = order!.map(({ mean }, b) => {
      const many = Math.min(size, n - b * size);
      const bits = Math.round(mean[0]! * many);
      return each.vectors.map((_, i) => i).filter((i) => (bits >> i) & 1);
    });
    t.deepEqual(members.map(({ length }) => length), members.map((_, b) => Math.min(size, n - b * size))); // prettier-ignore
    t.deepEqual(members.flat().sort(), each.vectors.map((_, i) => i)); // prettier-ignore
    const [buckets] = bucketsOf(each, size);
    for (const [b, { mean, weight }] of buckets!.entries()) {
      const inside = {
        vectors: members[b]!.map((i) => each.vectors[i]!),
        weights: members[b]!.map((i) => each.weights[i]!),
      };
      t.true(agree(mean, meanOf(inside), longest(each)));
      t.true(Math.abs(weight / (sum(inside.weights) / inside.weights.length) - 1) < 1e-12);
    }
  },
  { numRuns: 1000 },
);

test('each order is as frequent as any other, and each call draws anew', (t) => {
  const calls = 6000;
  const counts = new Map<string, number>();
  for (const buckets of bucketsOf(line([1, 2, 3]), 1, calls)) {
    const order = buckets.map(({ mean }) => mean[0]).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  t.is(counts.size, 6);
  t.true([...counts.values()].every((many) => Math.abs(many - calls / 6) < 4.5 * Math.sqrt((calls * 5) / 36)));
});

testProp('buckets of one are the vectors themselves', [anyCase], (t, each) => {
  const expected = aggregate(weightedMedian(), each);
  t.true(agree(aggregate(bucketing({ size: 1 })(weightedMedian()), each), expected, longest(each)));
});

testProp('of equal weights the mean is kept where the size divides the number', [anyCase], (t, each) => {
  const even = equal({ vectors: [...each.vectors, ...each.vectors.map((x) => x.map((v) => v + 1))], weights: [] });
  t.true(agree(aggregate(bucketing({})(weightedMean()), even), meanOf(even), longest(even)));
});

test('a base rule that counts vectors gets equal buckets, and its precondition is one for buckets', (t) => {
  const each = line([1, 1, 1, 1, 1, 1, 1, 1, 90], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
  t.deepEqual(aggregate(bucketing({})(krum({ f: 1 })), each), [1]);
  t.throws(() => aggregate(bucketing({})(krum({ f: 2 })), each), {
    message: 'krum with f = 2 needs 7 workers or more, got 5',
  });
});

test('the base draws from streams of its own', (t) => {
  const names: string[] = [];
  const random = (name: string) => {
    names.push(name);
    return seededRandom(1).fork(name);
  };
  bucketing({})(bucketing({})(dnc({ f: 0, coordinates: 1 })))({ count: 8, dimension: 2, random });
  t.deepEqual(names, ['bucketing', 'base/bucketing', 'base/base/dnc']);
});

test('vectors that are not finite are left out before the draw; with none left the result is NaN', (t) => {
  t.deepEqual(aggregate(bucketing({})(weightedMean()), line([NaN, 4, 2, Infinity])), [3]);
  t.deepEqual(aggregate(bucketing({})(weightedMean()), line([NaN])), [NaN]);
});

test('first arrivals fill fewer buckets', (t) => {
  const random = (name: string) => seededRandom(1).fork(name);
  const rule = bucketing({})(weightedMedian())({ count: 5, dimension: 1, random });
  const out = new Float64Array(1);
  rule({ count: 1, dimension: 1, vectors: [[7]], weights: [3] }, out);
  t.is(out[0], 7);
  rule({ count: 2, dimension: 1, vectors: [[7], [1]], weights: [3, 3] }, out);
  t.is(out[0], 4);
});

for (const size of [0, -1, 1.5, NaN]) {
  test(`a size of ${size} is refused`, (t) => {
    t.throws(() => bucketing({ size }), {
      instanceOf: RangeError,
      message: `bucketing.size: a bucket holds a whole number of vectors >= 1, got ${size}`,
    });
  });
}

test('a shape without streams of draws is refused', (t) => {
  t.throws(() => bucketing({})(weightedMean())({ count: 2, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'bucketing draws at random, so it needs a shape with random, streams of draws by name',
  });
});

for (const precision of ['float64', 'float32'] as const)
  test(`${precision}: SIMD kernels give the plain ones’ result`, (t) => {
    const random = (name: string) => seededRandom('both').fork(name);
    const shape = { count: 9, dimension: 501, precision, random };
    const results = Object.values(bothKernels()).map((kernels) => {
      const vectors = kernels.memory.matrix(precision, 9, 501);
      vectors.forEach((x, i) => x.forEach((_, k) => (x[k] = Math.sin(i * i + 7 * k) + (i > 6 ? 3 : 0))));
      const out = kernels.memory.vector(precision, 501);
      const weights = Array.from({ length: 9 }, (_, i) => 1 + i);
      bucketing({ size: 2 })(weightedMedian())({ ...shape, kernels })({ ...shape, vectors, weights }, out);
      return [...out];
    });
    t.true(norm(results[0]!.map((v, k) => v - results[1]![k]!)) < (precision === 'float64' ? 1e-12 : 1e-5));
  });
