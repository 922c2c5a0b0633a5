import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import {
  bucketing,
  clippedDifferences,
  geometricMedian,
  krum,
  weightedMean,
  weightedMedian,
} from '../../src/weighted/index.js';
import { aggregate, agree, anyCase, minus, norm, sum } from '../laws/cases.js';
import { seededRandom } from '../../src/random/index.js';

/** The dimension of all vectors here. */
const DIMENSION = 3;

interface Round {
  readonly vectors: readonly number[][];
  readonly weights: readonly number[];
  /** How far the model moved before it; undefined before the first step. */
  readonly moved: number | undefined;
}

/** The operator's results, round after round. */
const results = (base: AggregatorRule, lambda: number, rounds: readonly Round[], beginning?: Float64Array) => {
  let moved: number | undefined;
  const streams = seededRandom('draws');
  const rule = clippedDifferences({ lambda })(base)({
    ...{ count: 9, dimension: DIMENSION, beginning },
    random: (name) => streams.fork(name),
    followModel: () => () => moved,
  });
  return rounds.map((round) => {
    ({ moved } = round);
    const out = new Float64Array(DIMENSION);
    const vectors = round.vectors.map((x) => Float64Array.from(x));
    rule({ count: vectors.length, dimension: DIMENSION, vectors, weights: round.weights }, out);
    return [...out];
  });
};

/** Equation 10 over the weighted mean, written down anew. */
const slow = (lambda: number, rounds: readonly Round[]): readonly number[][] => {
  let previous = [0, 0, 0];
  return rounds.map(({ vectors, weights, moved }) => {
    const mean = (all: readonly number[][]) =>
      previous.map((_, k) => sum(all.map((x, i) => weights[i]! * x[k]!)) / sum(weights));
    const differences = vectors.map((x) => minus(x, previous));
    const radius = lambda * (moved ?? 0);
    const clipped = differences.map((x) => x.map((v) => v * Math.min(1, radius / Math.max(norm(x), 1e-300))));
    previous = moved === undefined ? mean(vectors) : mean(clipped).map((v, k) => v + previous[k]!);
    return previous;
  });
};

const coordinate = fc.constantFrom(-7, -1, -0.5, 0, 0.25, 1, 3, 20);
const vector = fc.array(coordinate, { minLength: DIMENSION, maxLength: DIMENSION });
const crowd = fc.array(fc.tuple(vector, fc.constantFrom(0.5, 1, 3)), { minLength: 1, maxLength: 9 });
const length = fc.constantFrom(0, 0.1, 1, 30);

const roundsOf = (crowds: readonly (readonly [readonly number[], number][])[], lengths: readonly number[]): Round[] =>
  crowds.map((each, k) => ({
    vectors: each.map(([x]) => [...x]),
    weights: each.map(([, weight]) => weight),
    moved: k === 0 ? undefined : lengths[k]!,
  }));

testProp(
  'round after round the results are those of equation 10',
  [fc.array(crowd, { minLength: 5, maxLength: 5 }), fc.array(length, { minLength: 5, maxLength: 5 }), fc.constantFrom(0.1, 1, 10)], // prettier-ignore
  (t, crowds, lengths, lambda) => {
    const rounds = roundsOf(crowds, lengths);
    const expected = slow(lambda, rounds);
    results(weightedMean(), lambda, rounds).forEach((got, k) => t.true(agree(got, expected[k]!, 100), `round ${k}`));
  },
  { numRuns: 500 },
);

test('by hand: the second round moves each by 2 at most, from the first one’s mean', (t) => {
  const weights = [1, 1];
  const rounds: readonly Round[] = [
    { vectors: [[1, 0, 0], [3, 0, 0]], weights, moved: undefined },
    { vectors: [[12, 0, 0], [2, -1, 0]], weights, moved: 4 },
    { vectors: [[0, 0, 0], [0, 0, 0]], weights, moved: 0 },
  ]; // prettier-ignore
  t.deepEqual(results(weightedMean(), 0.5, rounds), [[2, 0, 0], [3, -0.5, 0], [3, -0.5, 0]]); // prettier-ignore
});

/** What Byzantine workers may send: anything. */
const wild = fc.oneof(vector, fc.array(fc.double(), { minLength: DIMENSION, maxLength: DIMENSION }));

/** Bases with the F of ‖A‖ ≤ F·max‖x_i‖. */
const bases = {
  mean: [weightedMean(), 1],
  gm: [geometricMedian(), 1],
  cwmed: [weightedMedian(), Math.sqrt(DIMENSION)],
  'bucketing over cwmed': [bucketing({ size: 2 })(weightedMedian()), Math.sqrt(DIMENSION)],
  'bucketing over krum': [bucketing({ size: 2 })(krum({ f: 0 })), 1],
} as const satisfies Readonly<Record<string, readonly [AggregatorRule, number]>>;

for (const [name, [base, most]] of Object.entries(bases))
  testProp(
    `over ${name} a result is within F·λ·‖x^k − x^{k−1}‖ of the last, whatever all vectors are`,
    [crowd, fc.array(wild, { minLength: 6, maxLength: 9 }), length, fc.constantFrom(0.1, 1, 10)],
    (t, honest, lies, moved, lambda) => {
      const weights = lies.map(() => 1);
      const vectors = Array.from({ length: 6 }, (_, i) => [...honest[i % honest.length]![0]]);
      const rounds: readonly Round[] = [
        { vectors, weights: weights.slice(0, 6), moved: undefined },
        { vectors: lies, weights, moved },
        { vectors: lies, weights, moved },
      ];
      const [first, second, third] = results(base, lambda, rounds);
      for (const [before, after] of [
        [first!, second!],
        [second!, third!],
      ] as const)
        // prettier-ignore
        t.true(norm(minus(after, before)) <= most * lambda * moved * (1 + 1e-9) + 1e-12);
    },
    { numRuns: 500 },
  );

testProp('outside of a run it is the base rule, call after call', [anyCase], (t, each) => {
  for (const base of [weightedMean(), weightedMedian()]) {
    t.deepEqual(aggregate(clippedDifferences({ lambda: 1 })(base), each), aggregate(base, each));
    const shape = { count: 9, dimension: each.vectors[0]!.length };
    const rule = clippedDifferences({ lambda: 1 })(base)(shape);
    const out = new Float64Array(shape.dimension);
    for (let call = 0; call < 3; call++) {
      rule({ ...shape, count: each.vectors.length, ...each }, out);
      t.deepEqual([...out], aggregate(base, each));
    }
  }
});

test('vectors that are not finite are left out; with none left the result stays where it was, or is NaN before the first', (t) => {
  const weights = [1, 5];
  const rounds: readonly Round[] = [
    { vectors: [[NaN, 0, 0], [Infinity, 0, 0]], weights, moved: undefined },
    { vectors: [[1, 2, 3], [NaN, 0, 0]], weights, moved: undefined },
    { vectors: [[NaN, 0, 0], [0, 1e300, 0]], weights, moved: 1 },
    { vectors: [[1, 2, 5], [0, -Infinity, 0]], weights, moved: 1 },
  ]; // prettier-ignore
  t.deepEqual(results(weightedMean(), 1, rounds), [[NaN, NaN, NaN], [1, 2, 3], [1, 2, 3], [1, 2, 4]]); // prettier-ignore
});

test('a copy begins at another’s result at each call, once the model has moved', (t) => {
  const beginning = Float64Array.of(10, 0, 0);
  const round = { vectors: [[14, 0, 0]], weights: [1] };
  t.deepEqual(
    results(weightedMean(), 1, [{ ...round, moved: undefined }, { ...round, moved: 1 }, { ...round, moved: 1 }], beginning), // prettier-ignore
    [[14, 0, 0], [11, 0, 0], [11, 0, 0]], // prettier-ignore
  );
});

test('the given vectors stay as they are', (t) => {
  const rule = clippedDifferences({ lambda: 1 })(bucketing({ size: 1 })(weightedMean()))({
    ...{ count: 2, dimension: DIMENSION, followModel: () => () => 0.5 },
    random: () => ({ next: () => 0 }),
  });
  const vectors = [Float64Array.of(1, 2, 3), Float64Array.of(-4, 0, 9)];
  for (let call = 0; call < 3; call++)
    rule({ count: 2, dimension: DIMENSION, vectors, weights: [1, 2] }, new Float64Array(DIMENSION));
  t.deepEqual(
    vectors.map((x) => [...x]),
    [
      [1, 2, 3],
      [-4, 0, 9],
    ],
  );
});

for (const lambda of [0, -1, Infinity, NaN])
  test(`a lambda of ${lambda} is refused`, (t) => {
    t.throws(() => clippedDifferences({ lambda }), {
      instanceOf: RangeError,
      message: `clipped-differences.lambda: it is finite and above 0, got ${lambda}`,
    });
  });
