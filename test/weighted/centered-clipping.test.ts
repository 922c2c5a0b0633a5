import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { centeredClipping } from '../../src/weighted/centered-clipping.js';
import { clipping } from '../../src/weighted/clipping.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { aggregate, agree, anyCase, longest, minus, norm, sum, type Case } from '../laws/cases.js';

const line = (values: readonly number[], weights = values.map(() => 1)): Case => ({
  vectors: values.map((value) => [value]),
  weights,
});

const clip = (x: readonly number[], radius: number): number[] =>
  x.map((v) => v * Math.min(1, radius / Math.max(norm(x), 1e-300)));

/** The definition, from `start`. */
const slow = (each: Case, start: readonly number[], radius: number, iterations: number): number[] => {
  let v = [...start];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const pulls = each.vectors.map((x) => clip(minus(x, v), radius));
    v = v.map((at, k) => at + sum(pulls.map((x, i) => each.weights[i]! * x[k]!)) / sum(each.weights));
  }
  return v;
};

test('from 0, vectors at 1, 2 and 9 with radius 3 pull by 1, 2 and 3, then by less', (t) => {
  t.deepEqual(aggregate(centeredClipping({ radius: 3 }), line([1, 2, 9])), [2]);
  t.true(Math.abs(aggregate(centeredClipping({ radius: 3, iterations: 2 }), line([1, 2, 9]))[0]! - 8 / 3) < 1e-12);
  t.deepEqual(aggregate(centeredClipping({ radius: 3 }), line([1, 9], [3, 1])), [1.5]);
});

for (const start of ['previous', 'zero'] as const) {
  testProp(
    `the steps are those of the definition, from ${start === 'zero' ? '0' : 'the previous result'}`,
    [anyCase, fc.integer({ min: 1, max: 4 }), fc.constantFrom(0.5, 10, 1e4)],
    (t, each, iterations, radius) => {
      const shape = { count: each.vectors.length, dimension: each.vectors[0]!.length };
      const rule = centeredClipping({ radius, iterations, start })(shape);
      const out = new Float64Array(shape.dimension);
      let expected = [...out];
      for (let call = 0; call < 3; call++) {
        rule({ ...shape, ...each }, out);
        expected = slow(each, start === 'zero' ? expected.map(() => 0) : expected, radius, iterations);
      }
      t.true(agree([...out], expected, longest(each)));
    },
    { numRuns: 1000 },
  );
}

testProp('no step is longer than the radius', [anyCase, fc.constantFrom(0.5, 10)], (t, each, radius) => {
  t.true(norm(aggregate(centeredClipping({ radius, iterations: 3 }), each)) <= 3 * radius * (1 + 1e-12));
});

test('vectors that are not finite are left out; with none left the result stays where it was', (t) => {
  const rule = centeredClipping({ radius: 3 })({ count: 2, dimension: 1 });
  const out = new Float64Array(1);
  const values = (vectors: readonly number[][]) => ({ count: 2, dimension: 1, vectors, weights: [1, 1] });
  rule(values([[2], [NaN]]), out);
  t.is(out[0], 2);
  rule(values([[Infinity], [NaN]]), out);
  t.is(out[0], 2);
  rule(values([[3], [3]]), out);
  t.is(out[0], 3);
});

test('static clipping shortens what is longer than the radius', (t) => {
  const each: Case = { vectors: [[3, 4], [0, 1], [NaN, 0]], weights: [1, 1, 5] }; // prettier-ignore
  t.true(agree(aggregate(clipping({ radius: 2.5 })(weightedMean()), each), [0.75, 1.5], 1e-6));
  t.deepEqual(aggregate(clipping({ radius: 5 })(weightedMean()), { vectors: [[0, 0]], weights: [1] }), [0, 0]);
  t.deepEqual(aggregate(clipping({ radius: 5 })(weightedMean()), { vectors: [[NaN]], weights: [1] }), [NaN]);
});

testProp('clipping is that of the definition', [anyCase, fc.constantFrom(0.5, 10, 1e4)], (t, each, radius) => {
  const clipped = { ...each, vectors: each.vectors.map((x) => clip(x, radius)) };
  t.true(agree(aggregate(clipping({ radius })(weightedMean()), each), aggregate(weightedMean(), clipped), radius));
});

for (const radius of [0, -1, Infinity, NaN]) {
  test(`a radius of ${radius} is refused`, (t) => {
    t.throws(() => centeredClipping({ radius }), {
      instanceOf: RangeError,
      message: `centered-clipping.radius: it is finite and above 0, got ${radius}`,
    });
    t.throws(() => clipping({ radius }), {
      instanceOf: RangeError,
      message: `clipping.radius: it is finite and above 0, got ${radius}`,
    });
  });
}
