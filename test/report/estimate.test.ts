import test from 'ava';
import fc from 'fast-check';
import { estimate } from '../../src/report/estimate.js';

test('mean and Student’s interval, as tables have them', (t) => {
  // t(0.975, 4) = 2.776445 (any table); the deviations are −2, −1, 0, 1, 2: variance 2.5.
  const { mean, halfWidth } = estimate([1, 2, 3, 4, 5]);
  t.is(mean, 3);
  t.true(Math.abs(halfWidth! - 2.776445 * Math.sqrt(0.5)) < 1e-5);
  // t(0.975, 1) = 12.7062.
  t.true(Math.abs(estimate([0, 2]).halfWidth! - 12.7062) < 1e-4);
});

test('one run has a mean and no interval, none has neither, and what isn’t finite spoils both', (t) => {
  t.deepEqual(estimate([7]), { mean: 7, halfWidth: null });
  t.deepEqual(estimate([]), { mean: null, halfWidth: null });
  t.deepEqual(estimate([1, null, 2]), { mean: null, halfWidth: null });
});

test('shifted scores shift the mean and leave the interval', (t) => {
  const score = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(score, { minLength: 2, maxLength: 20 }), score, (values, shift) => {
      const [here, there] = [estimate(values), estimate(values.map((value) => value + shift))];
      t.true(Math.abs(there.mean! - here.mean! - shift) < 1e-9);
      t.true(Math.abs(there.halfWidth! - here.halfWidth!) < 1e-9 * (1 + here.halfWidth!));
    }),
  );
});
