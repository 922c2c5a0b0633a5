import test from 'ava';
import fc from 'fast-check';
import { quadratic } from '../../src/learning/quadratic.js';
import type { QuadraticOptions } from '../../src/learning/quadratic.js';
import { centralDifferences, relativeDistance } from './finite-differences.js';
import { scores } from './scores.js';
import { stream } from './stream.js';

const plain: QuadraticOptions = { dimension: 3, smoothness: 1, condition: 1, noise: 0, optimum: 0 };
const make = (options: Partial<QuadraticOptions> = {}) =>
  quadratic.create({ ...plain, ...options })({ data: undefined, batch: 1 });
const gradientAt = (objective: ReturnType<typeof make>, params: Float64Array, batch = objective.batch()) => {
  const out = new Float64Array(objective.dimension);
  return { value: objective.gradient(params, batch, out), out };
};

test('eigenvalues are spaced in the logarithm from L down to L over the condition', (t) => {
  const objective = make({ smoothness: 8, condition: 16 });
  const { out, value } = gradientAt(objective, Float64Array.of(1, 1, 1));
  [8, 2, 0.5].forEach((eigenvalue, k) => t.true(Math.abs(out[k]! - eigenvalue) < 1e-14));
  t.true(Math.abs(value - 5.25) < 1e-14);
  t.is(objective.smoothness(), 8);
  t.true(Math.abs(objective.strongConvexity() - 0.5) < 1e-15);
});

test('a condition of 1 makes all eigenvalues L, one dimension too', (t) => {
  for (const dimension of [1, 2, 5]) {
    const objective = make({ dimension, smoothness: 3 });
    t.deepEqual(gradientAt(objective, new Float64Array(dimension).fill(2)).out, new Float64Array(dimension).fill(6));
    t.is(objective.strongConvexity(), 3);
  }
  t.deepEqual(gradientAt(make({ dimension: 1, smoothness: 3, condition: 9 }), Float64Array.of(1)).out[0], 3);
});

test('with smoothness and condition 1 a sample is half the squared distance to a noisy optimum, up to a constant', (t) => {
  const objective = make({ noise: 2, optimum: 5 });
  const batch = objective.batch();
  batch.noise.set([1, -2, 3]);
  const { value, out } = gradientAt(objective, Float64Array.of(1, 2, 3), batch);
  // z = (6, 3, 8): x − z = (−5, −1, −5); ½‖x − z‖² − ½‖ξ‖² = 25.5 − 7.
  t.deepEqual(Array.from(out), [-5, -1, -5]);
  t.is(value, 18.5);
});

test('the gradient is that of the value returned, noise included', (t) => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 1, max: 100, noNaN: true }), (seed, condition) => {
      const objective = make({ dimension: 5, smoothness: 2, condition, noise: 1, optimum: -1 });
      const batch = objective.batch();
      const random = stream(`quadratic ${seed}`);
      objective.draw(random, null, batch);
      const params = Float64Array.from({ length: 5 }, () => 4 * random.next() - 2);
      const { out } = gradientAt(objective, params, batch);
      t.true(relativeDistance(out, centralDifferences(objective, params, batch)) < 1e-8);
    }),
  );
});

test('the noise has mean 0 and the root mean square length asked for, whatever the dimension', (t) => {
  for (const dimension of [1, 10]) {
    const objective = make({ dimension, noise: 3 });
    const batch = objective.batch();
    const random = stream('noise');
    const samples = 20_000;
    let squares = 0;
    let first = 0;
    for (let k = 0; k < samples; k++) {
      objective.draw(random, null, batch);
      squares += batch.noise.reduce((sum, value) => sum + value * value, 0);
      first += batch.noise[0]!;
    }
    // ‖ξ‖²/9 has mean 1 and variance 2/d; the first coordinate has variance 9/d. Six standard errors.
    t.true(Math.abs(squares / samples / 9 - 1) < 6 * Math.sqrt(2 / dimension / samples));
    t.true(Math.abs(first / samples) < 6 * (3 / Math.sqrt(dimension * samples)));
  }
});

test('a draw of 0 gives finite noise, and mirrored draws give mirrored noise', (t) => {
  const objective = make({ noise: 1 });
  const at = (u: number) => {
    const batch = objective.batch();
    objective.draw({ ...stream('fixed'), next: () => u }, null, batch);
    return batch.noise[0]!;
  };
  t.true(Number.isFinite(at(0)) && at(0) < 0);
  t.is(at(0.25), -at(0.75));
  t.is(Math.abs(at(0.5)), 0);
});

test('it starts at 1, at the start asked for, or at the distance asked for', (t) => {
  const startOf = (options: Partial<QuadraticOptions>) => {
    const params = new Float64Array(4);
    const objective = make({ dimension: 4, optimum: 2, ...options });
    objective.initial(stream('start'), params);
    return { params: Array.from(params), distance: scores(objective, params).scores.distance };
  };
  t.deepEqual(startOf({}).params, [1, 1, 1, 1]);
  t.deepEqual(startOf({ start: -3 }).params, [-3, -3, -3, -3]);
  t.deepEqual(startOf({ distance: 6 }), { params: [5, 5, 5, 5], distance: 6 });
  t.throws(() => make({ start: 1, distance: 2 }), {
    instanceOf: RangeError,
    message: 'model quadratic takes start or distance, not both; got start 1 and distance 2',
  });
});

test('the scores are the error above the least value and the distance to the optimum', (t) => {
  const objective = make({ smoothness: 2, optimum: 1 });
  t.deepEqual(scores(objective, Float64Array.of(4, 5, 1)).scores, { error: 25, distance: 5 });
  t.deepEqual(scores(objective, objective.optimum).scores, { error: 0, distance: 0 });
  t.is(objective.value([4, 5, 1]), 25);
});
