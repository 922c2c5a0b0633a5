import { fc, testProp } from '@fast-check/ava';
import test, { type ExecutionContext } from 'ava';
import { geometricMedian } from '../../src/weighted/geometric-median.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { aggregate, agree, anyCase, longest, meanOf, minus, norm, siege, sum, type Case } from '../laws/cases.js';

const median = (each: Case): number[] => aggregate(geometricMedian(), each);

const objective = ({ vectors, weights }: Case, z: readonly number[]): number =>
  sum(vectors.map((x, i) => weights[i]! * norm(minus(z, x))));

/** The norm of the smallest subgradient of the objective at z, relative to the total weight. */
const residual = ({ vectors, weights }: Case, z: readonly number[]): number => {
  const pull = z.map(() => 0);
  let own = 0;
  vectors.forEach((x, i) => {
    const difference = minus(z, x);
    const distance = norm(difference);
    if (distance === 0) own += weights[i]!;
    else difference.forEach((value, k) => (pull[k]! += (weights[i]! * value) / distance));
  });
  return Math.max(0, norm(pull) - own) / sum(weights);
};

/** Many plain Weiszfeld steps from the mean, the obvious way. */
const slowMedian = (each: Case, steps: number): number[] => {
  let z = meanOf(each);
  for (let step = 0; step < steps; step++) {
    const pulls = each.vectors.map((x, i) => each.weights[i]! / Math.max(norm(minus(z, x)), 1e-12));
    z = z.map((_, k) => sum(each.vectors.map((x, i) => pulls[i]! * x[k]!)) / sum(pulls));
  }
  return z;
};

const isNear = (t: ExecutionContext, result: readonly number[], expected: readonly number[]): void => {
  t.true(norm(minus(result, expected)) < 1e-9, `${result.join()} instead of ${expected.join()}`);
};

test('the median of a square’s corners is its centre', (t) => {
  isNear(t, median({ vectors: [[0, 0], [2, 0], [0, 2], [2, 2]], weights: [1, 1, 1, 1] }), [1, 1]); // prettier-ignore
});

test('the median of a right isosceles triangle is its Fermat point', (t) => {
  const each = { vectors: [[0, 0], [1, 0], [0, 1]], weights: [1, 1, 1] }; // prettier-ignore
  isNear(t, median(each), [(3 - Math.sqrt(3)) / 6, (3 - Math.sqrt(3)) / 6]);
});

test('the median of a triangle with an angle of 120° or more is that corner, exactly', (t) => {
  t.deepEqual(median({ vectors: [[-10, 1], [0, 0], [10, 1]], weights: [1, 1, 1] }), [0, 0]); // prettier-ignore
});

test('weights move the median: two unit vectors and the origin', (t) => {
  // At (a, a) the pulls of (1, 0) and (0, 1) along the diagonal sum to the weight w of the origin: here w = 1.5 > √2.
  t.deepEqual(median({ vectors: [[0, 0], [1, 0], [0, 1]], weights: [1.5, 1, 1] }), [0, 0]); // prettier-ignore
});

test('half of the weight on each of two vectors gives their midpoint', (t) => {
  t.deepEqual(median({ vectors: [[0, 2], [4, 0]], weights: [0.3, 0.3] }), [2, 1]); // prettier-ignore
});

testProp('in one dimension the geometric median is the weighted median', [anyCase], (t, each) => {
  const line = { vectors: each.vectors.map((x) => x.slice(0, 1)), weights: each.weights };
  t.true(agree(median(line), aggregate(weightedMedian(), line), longest(line)));
});

test('vectors whose objectives differ by less than the rounding of their sums are still told apart', (t) => {
  const honest = [
    -0.1518212293838476, -0.08407464357540656, 0.22600316696194173, 0.22643590192900634, 0.4824439244303144,
  ];
  const values = [-546138536721.73627, ...honest, 112612341046.5893, 690145280713.6919];
  const weights = [
    1.6254450595, 1.79364888021, 1.90147193521, 1.56327399355, 1.14287028345, 1.46156880539, 1.95857708506,
  ];
  // In this order the sums make the fourth value look no better than the fifth.
  const each = { vectors: values.map((value) => [value]).reverse(), weights: [...weights, 1.67803428299].reverse() };
  t.deepEqual(median(each), [0.22600316696194173]);
  t.deepEqual(median(each), aggregate(weightedMedian(), each));
});

testProp(
  'the result is certified: some subgradient is at most 1e-10 of the weight',
  [anyCase],
  (t, each) => {
    t.true(residual(each, median(each)) < 1e-8, `${residual(each, median(each))}`);
  },
  { numRuns: 1000 },
);

testProp(
  'the result is certified beside vectors up to 1e12 times as far',
  [siege.filter((each) => each.vectors.length > 1)],
  (t, each) => {
    // Coordinates carry 16 digits: the nearest vectors' directions are no more exact than that.
    const z = median(each);
    const nearest = Math.min(...each.vectors.map((x) => norm(minus(x, z))).filter((distance) => distance > 0));
    t.true(residual(each, z) < 1e-8 + (1e-14 * norm(z)) / nearest, `${residual(each, z)}`);
  },
  { numRuns: 1000 },
);

testProp(
  'the objective is no more than at the mean, at any vector, or after 2000 Weiszfeld steps',
  [anyCase],
  (t, each) => {
    const least = Math.min(...[meanOf(each), ...each.vectors, slowMedian(each, 2000)].map((z) => objective(each, z)));
    t.true(objective(each, median(each)) <= least * (1 + 1e-12) + 1e-12);
  },
);

testProp('one iteration is enough to be no worse than the mean and every vector', [anyCase], (t, each) => {
  const least = Math.min(...[meanOf(each), ...each.vectors].map((z) => objective(each, z)));
  const z = aggregate(geometricMedian({ maxIterations: 1 }), each);
  t.true(objective(each, z) <= least * (1 + 1e-12) + 1e-12);
});

testProp(
  'many vectors in few dimensions are no harder',
  [fc.integer({ min: 20, max: 60 })],
  (t, count) => {
    const vectors = Array.from({ length: count }, (_, i) => [(i * 37) % 101, (i * i) % 17, (i * 53) % 29]);
    const each = { vectors, weights: vectors.map((_, i) => 1 + (i % 5)) };
    const z = median(each);
    t.true(residual(each, z) < 1e-9);
    t.true(norm(minus(z, slowMedian(each, 1000))) < 1e-6);
  },
  { numRuns: 30 },
);

test('vectors that are not finite are left out with their weight', (t) => {
  t.deepEqual(median({ vectors: [[0], [1], [2], [NaN], [Infinity], [1e80]], weights: [1, 1, 1, 5, 5, 5] }), [1]);
});

test('without a finite vector the result is NaN', (t) => {
  t.deepEqual(median({ vectors: [[NaN, 0]], weights: [1] }), [NaN, NaN]);
});
