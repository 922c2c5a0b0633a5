import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { geometricMedian } from '../../src/weighted/geometric-median.js';
import { weiszfeld, type WeiszfeldOptions } from '../../src/weighted/weiszfeld.js';
import { aggregate, agree, anyCase, longest, meanOf, minus, norm, sum, type Case } from '../laws/cases.js';

/** The definition from 0, the obvious way. */
const slow = ({ vectors, weights }: Case, iterations: number, smoothing: number): number[] => {
  let z = vectors[0]!.map(() => 0);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const shares = vectors.map((x, i) => weights[i]! / sum(weights) / Math.max(norm(minus(z, x)), smoothing));
    z = z.map((_, k) => sum(vectors.map((x, i) => shares[i]! * x[k]!)) / sum(shares));
  }
  return z;
};

const two: Case = { vectors: [[1], [4]], weights: [1, 2] };

for (const [title, options, expected] of [
  ['one step from 0: distances 1 and 4', { iterations: 1 }, 2],
  ['two steps from 0: then 1 and 2', { iterations: 2 }, 2.5],
  ['three steps from 0, the default: then 1.5 and 1.5', {}, 3],
  ['one step from the mean 3: distances 2 and 1', { iterations: 1, start: 'mean' }, 3.4],
  ['one step from the median 4, which keeps all but ν/3/2 of the pull', { iterations: 1, start: 'cwmed' }, 4 - 5e-7],
  ['a smoothing longer than all distances gives the mean', { smoothing: 100 }, 3],
] as readonly (readonly [string, WeiszfeldOptions, number])[]) {
  test(title, (t) => {
    t.true(Math.abs(aggregate(weiszfeld(options), two)[0]! - expected) < 1e-9);
  });
}

testProp(
  'the steps are those of the definition',
  [anyCase, fc.integer({ min: 1, max: 8 }), fc.constantFrom(1e-6, 0.1, 1)],
  (t, each, iterations, smoothing) => {
    const result = aggregate(weiszfeld({ iterations, smoothing }), each);
    t.true(agree(result, slow(each, iterations, smoothing), longest(each)));
  },
  { numRuns: 1000 },
);

/** F(z) = Σs_i·‖z − x_i‖ / Σs_i, which the geometric median minimises. */
const objective = ({ vectors, weights }: Case, z: readonly number[]): number =>
  sum(vectors.map((x, i) => weights[i]! * norm(minus(z, x)))) / sum(weights);

testProp(
  'no step increases the mean distance to the vectors',
  [anyCase],
  (t, each) => {
    // Smoothing would let F rise by as much as itself.
    const points = [1, 2, 3, 4, 5, 6, 7, 8, 16, 32].map((iterations) =>
      aggregate(weiszfeld({ iterations, smoothing: 1e-12, start: 'mean' }), each),
    );
    const values = [meanOf(each), ...points].map((z) => objective(each, z));
    const slack = 1e-12 * (1 + longest(each));
    t.true(values.every((value, i) => i === 0 || value <= values[i - 1]! + slack));
  },
  { numRuns: 300 },
);

test('many steps come to the geometric median', (t) => {
  const each: Case = { vectors: [[0, 0], [3, 0], [0, 4], [5, 5]], weights: [1, 2, 3, 1] }; // prettier-ignore
  const result = aggregate(weiszfeld({ iterations: 2000, start: 'mean' }), each);
  t.true(norm(minus(result, aggregate(geometricMedian(), each))) < 1e-8);
});

test('equal vectors divide nothing by zero', (t) => {
  t.deepEqual(aggregate(weiszfeld(), { vectors: [[2], [2]], weights: [1, 1] }), [2]);
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  t.deepEqual(aggregate(weiszfeld(), { vectors: [[2], [NaN], [-Infinity]], weights: [1, 1, 1] }), [2]);
  t.deepEqual(aggregate(weiszfeld(), { vectors: [[NaN, 1]], weights: [1] }), [NaN, NaN]);
});
