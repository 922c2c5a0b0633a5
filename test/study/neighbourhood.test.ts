import test from 'ava';
import fc from 'fast-check';
import { constantOfDiameter, neighbourhood } from '../../src/study/neighbourhood.js';

test('the neighbourhood of the mean without liars is that of the averaged noise', (t) => {
  t.true(
    Math.abs(neighbourhood({ constant: 0, honest: 4, noise: 2, smoothness: 3, strongConvexity: 0.5 }) - 6) < 1e-12,
  );
});

test('with a constant, the rule’s error is added to the noise’s', (t) => {
  // √(8/9 · 8) = 8/3, and 1/3 beside it.
  t.true(
    Math.abs(neighbourhood({ constant: 8, honest: 9, noise: 1, smoothness: 1, strongConvexity: 1 }) - 4.5) < 1e-12,
  );
});

test('the distances of any vectors are within what a diameter’s constant is turned by', (t) => {
  const number = fc.integer({ min: -100, max: 100 });
  fc.assert(
    fc.property(fc.array(number, { minLength: 2, maxLength: 8 }), (values) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      const diameter = Math.max(...values) - Math.min(...values);
      t.true(diameter ** 2 <= constantOfDiameter(1, values.length) * variance * (1 + 1e-12));
    }),
  );
});
