import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { clipping, weightedMean, weightedMedian } from '../../src/weighted/index.js';
import { aggregate, agree, anyCase, longest, norm, type Case } from '../laws/cases.js';
import { line } from './line.js';

/** min(1, τ/‖x‖)·x for each vector, the obvious way. */
const shortened = ({ vectors, weights }: Case, radius: number): Case => ({
  vectors: vectors.map((x) => x.map((value) => (norm(x) > radius ? (value * radius) / norm(x) : value))),
  weights,
});

test('of (3, 4) and (0, 1) the first is shortened to (1.2, 1.6) where the radius is 2', (t) => {
  const result = aggregate(clipping({ radius: 2 })(weightedMean()), { vectors: [[3, 4], [0, 1]], weights: [1, 1] }); // prettier-ignore
  t.true(agree(result, [0.6, 1.3], 1));
});

for (const [name, base] of Object.entries({ mean: weightedMean(), cwmed: weightedMedian() }))
  testProp(
    `over ${name} the result is that of the vectors, each no longer than the radius`,
    [anyCase, fc.constantFrom(0.5, 10, 1e4)],
    (t, each, radius) => {
      const expected = aggregate(base, shortened(each, radius));
      t.true(agree(aggregate(clipping({ radius })(base), each), expected, longest(each)));
    },
    { numRuns: 1000 },
  );

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  const rule = clipping({ radius: 3 })(weightedMean());
  t.deepEqual(aggregate(rule, line([NaN, 2, 9, Infinity])), [2.5]);
  t.deepEqual(aggregate(rule, line([NaN, -Infinity])), [NaN]);
});

test('a radius that is none is refused', (t) => {
  for (const radius of [0, -1, NaN, Infinity])
    t.throws(() => clipping({ radius }), {
      instanceOf: RangeError,
      message: `clipping.radius: it is finite and above 0, got ${radius}`,
    });
});
