import test from 'ava';
import fc from 'fast-check';
import { models } from '../../src/learning/index.js';
import { minimize, type SmoothFunction } from '../../src/learning/optimum.js';
import { wholeObjective } from '../../src/learning/whole-objective.js';
import { stream } from './stream.js';
import { synthetic } from './synthetic.js';

test('quadratics are minimized to rounding, whatever their eigenvalues', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (dimension, seed) => {
      const random = stream(`quadratic ${seed}`);
      const eigenvalues = Float64Array.from({ length: dimension }, () => 0.01 + random.next());
      const optimum = Float64Array.from({ length: dimension }, () => random.next() - 0.5);
      const f: SmoothFunction = (x, out) => {
        let sum = 0;
        x.forEach((value, k) => {
          out[k] = eigenvalues[k]! * (value - optimum[k]!);
          sum += (out[k] * (value - optimum[k]!)) / 2;
        });
        return sum;
      };
      const found = minimize(f, new Float64Array(dimension), { tolerance: 1e-14 });
      t.true(found.reached && found.gradientNorm <= 1e-14);
      found.x.forEach((value, k) => t.true(Math.abs(value - optimum[k]!) <= 1e-12));
    }),
  );
});

test('logistic regression comes to 1e-14, where no step along an axis lowers it, and to the same bits again', (t) => {
  const data = synthetic('optimum', [6], 2, 900);
  const objective = models.logistic.create({ l2: 0.01, bias: false })({ data, batch: 1 });
  const whole = wholeObjective(objective, [null], () => new Float64Array(6));
  const f: SmoothFunction = (x, out) => {
    const taking = whole.take(x, out);
    for (;;) {
      const { done, value } = taking.next();
      if (done) return value;
    }
  };
  const found = minimize(f, new Float64Array(6), { tolerance: 1e-14 });
  t.true(found.reached);
  t.deepEqual(minimize(f, new Float64Array(6), { tolerance: 1e-14 }), found);
  const scratch = new Float64Array(6);
  for (let k = 0; k < 6; k++)
    for (const step of [-1e-4, 1e-4]) {
      const moved = found.x.slice();
      moved[k]! += step;
      // μ-strongly convex: f rises by at least (μ/2)·step².
      t.true(f(moved, scratch) - found.value >= (0.01 / 2) * step * step * 0.9);
    }
});

test('least values that lie at infinity, or nowhere, aren’t reached', (t) => {
  const downhill = minimize((_x, out) => ((out[0] = -1), 0 - _x[0]!), Float64Array.of(0), { tolerance: 1e-14 });
  t.false(downhill.reached);
  t.is(downhill.gradientNorm, 1);
  const few = minimize((x, out) => ((out[0] = 4 * x[0]! ** 3), x[0]! ** 4), Float64Array.of(0.7), {
    tolerance: 1e-14,
    iterations: 3,
  });
  t.deepEqual([few.reached, few.iterations], [false, 3]);
  t.false(minimize((_x, out) => ((out[0] = NaN), NaN), Float64Array.of(0), { tolerance: 1 }).reached);
});

test('who begins at the least value stays there', (t) => {
  const found = minimize((x, out) => ((out[0] = x[0]!), x[0]! ** 2 / 2), Float64Array.of(0), { tolerance: 0 });
  t.deepEqual([found.reached, found.iterations, found.x[0]], [true, 0, 0]);
});
