import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { standardNormalQuantile } from '../../src/random/standard-normal.js';

/** Φ⁻¹ by SciPy's `ndtri`. */
const quantiles = [
  [1e-300, -37.0470962993612],
  [1e-9, -5.9978070150076865],
  [0.025, -1.9599639845400545],
  [0.975, 1.959963984540054],
] as const;

for (const [p, expected] of quantiles) {
  test(`the quantile of ${p} is ${expected}`, (t) => {
    t.true(Math.abs(standardNormalQuantile(p) - expected) <= 1e-13 * Math.abs(expected));
  });
}

test('the median is 0, and not −0; the ends are infinite', (t) => {
  t.is(standardNormalQuantile(0.5), 0);
  t.is(standardNormalQuantile(0), -Infinity);
  t.is(standardNormalQuantile(1), Infinity);
});

testProp('the law is symmetric', [fc.integer({ min: 1, max: 2 ** 20 - 1 })], (t, n) => {
  const p = n / 2 ** 20;
  t.true(Math.abs(standardNormalQuantile(p) + standardNormalQuantile(1 - p)) <= 1e-13);
});
