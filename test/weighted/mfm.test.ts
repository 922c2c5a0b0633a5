import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { honestOf } from '../../src/testing/configuration.js';
import { medianFilteredMean } from '../../src/weighted/mfm.js';
import { aggregate, agree, anyCase, longest, meanOf, minus, norm, siege, sum, type Case } from '../laws/cases.js';
import { squaredDistance } from './equal-case.js';
import { line, ofFirstArrivals } from './line.js';

test('around 2, the first with a majority within 1, what lies within 2 is averaged', (t) => {
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([9, 2, 1, 3, 0])), [1.5]);
  // 1 has 3 of 5 within 1.5, and all but 9 within 3.
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1.5 }), line([1, 2, 4, 2, 9])), [2.25]);
});

test('by weight: half of it isn’t a majority', (t) => {
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([5, 9], [1, 1])), [0]);
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([5, 9, 7], [3, 1, 1])), [5.5]);
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([0.1, 0.2, 9], [0.1, 0.2, 0.3])), [0]);
});

/** The definition. */
const slow = ({ vectors, weights }: Case, threshold: number): number[] => {
  const within = (center: readonly number[], radius: number): Case => {
    const near = vectors.map((x) => squaredDistance(x, center) <= radius ** 2);
    return { vectors: vectors.filter((_, i) => near[i]), weights: weights.filter((_, i) => near[i]) };
  };
  const median = vectors.find((x) => sum(within(x, threshold).weights) > (sum(weights) / 2) * (1 + 1e-12));
  return median ? meanOf(within(median, 2 * threshold)) : vectors[0]!.map(() => 0);
};

/** Whether rounding may decide who is within the threshold. */
const atTheRim = ({ vectors }: Case, threshold: number): boolean =>
  vectors.some((x) =>
    vectors.some((y) => [1, 2].some((times) => Math.abs(norm(minus(x, y)) / (times * threshold) - 1) < 1e-9)),
  );

testProp(
  'the result is the one of the definition',
  [anyCase, fc.constantFrom(0.77, 2.3, 5.1, 700.3)],
  (t, each, threshold) => {
    fc.pre(!atTheRim(each, threshold));
    t.true(agree(aggregate(medianFilteredMean({ threshold }), each), slow(each, threshold), longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'with the honest vectors within 𝒯/2 of a point it is within 7𝒯/2·δ/(1−δ) of their mean',
  [siege],
  (t, each) => {
    const center = honestOf(each).vectors[0]!;
    const radius = Math.max(...honestOf(each).vectors.map((x) => norm(minus(x, center)))) + 1e-6;
    const result = aggregate(medianFilteredMean({ threshold: 2 * radius }), each);
    const delta = each.lambda;
    const bound = norm(minus(meanOf(honestOf(each)), center)) + (7 * radius * delta) / (1 - delta);
    t.true(norm(minus(result, center)) <= bound * (1 + 1e-9) + 1e-9 * (1 + longest(honestOf(each))));
  },
  { numRuns: 1000 },
);

test('vectors that are not finite are near to none, but weigh', (t) => {
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([NaN, 2, 3])), [2.5]);
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([NaN, Infinity, 2, 3])), [0]);
  t.deepEqual(aggregate(medianFilteredMean({ threshold: 1 }), line([NaN])), [0]);
});

test('of the first arrivals, those that agree are averaged', (t) => {
  t.deepEqual(ofFirstArrivals(medianFilteredMean({ threshold: 1 })), [7, 0, 1.5, 0]);
});

for (const threshold of [0, -1, Infinity, NaN]) {
  test(`a threshold of ${threshold} is refused`, (t) => {
    t.throws(() => medianFilteredMean({ threshold }), {
      instanceOf: RangeError,
      message: `mfm.threshold: it is finite and above 0, got ${threshold}`,
    });
  });
}
