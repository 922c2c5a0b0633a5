import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { gradientDescent } from '../../src/methods/gradient-descent.js';

/** Steps from 0 along these vectors, and where each leads. */
const path = (vectors: readonly (readonly number[])[], rule = gradientDescent(0.5, undefined, 'adagrad-norm')) => {
  const params = new Float64Array(vectors[0]!.length);
  const update = rule(params, 'float64');
  return vectors.map((vector, i) => {
    update.step(i + 1, Float64Array.from(vector), params);
    return [...params];
  });
};

const norm = (vector: readonly number[]): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

const vectors = fc.array(
  fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(Math.fround)), {
    minLength: 2,
    maxLength: 2,
  }),
  { minLength: 1, maxLength: 40 },
);

testProp('AdaGrad-Norm divides by the root of all squared norms so far', [vectors], (t, given) => {
  let squares = 0;
  const expected = [0, 0];
  const places = path(given);
  given.forEach((vector, i) => {
    squares += vector[0]! ** 2 + vector[1]! ** 2;
    if (squares > 0) vector.forEach((value, k) => (expected[k]! -= (0.5 * value) / Math.sqrt(squares)));
    t.true(norm(expected.map((value, k) => value - places[i]![k]!)) <= 1e-9);
  });
});

testProp('Σ η_t‖g_t‖² is at most 2 η_0 √(Σ‖g_t‖²), whatever the vectors are', [vectors], (t, given) => {
  const places = path(given);
  let sum = 0;
  let squares = 0;
  given.forEach((vector, i) => {
    const before = places[i - 1] ?? [0, 0];
    const moved = norm(places[i]!.map((value, k) => value - before[k]!));
    // A step has the length η_t‖g_t‖.
    sum += moved * norm(vector);
    squares += norm(vector) ** 2;
  });
  t.true(sum <= 2 * 0.5 * Math.sqrt(squares) * (1 + 1e-9) + 1e-9);
});

test('vectors of nothing but zeros move nothing, first or later', (t) => {
  t.deepEqual(path([[0, 0], [0, 0], [0, 4], [0, 0]]), [[0, 0], [0, 0], [0, -0.5], [0, -0.5]]); // prettier-ignore
});

test('the step is projected, and the squares are of the vectors, not of the steps', (t) => {
  const places = path([[3, 4], [30, 40]], gradientDescent(10, 2, 'adagrad-norm')); // prettier-ignore
  for (const place of places) t.true(Math.abs(norm(place) - 2) < 1e-12);
  const [first, second] = path([[3, 4], [12, 16]], gradientDescent(1, 100, 'adagrad-norm')); // prettier-ignore
  t.true(Math.abs(norm(first!) - 1) < 1e-12);
  t.true(Math.abs(norm(second!) - 1 - 20 / Math.sqrt(425)) < 1e-12);
});

test('a learning rate that is set is what is divided', (t) => {
  const params = new Float64Array(1);
  const update = gradientDescent(({ t: step }) => 1 / step!, undefined, 'adagrad-norm')(params, 'float64');
  update.step(1, Float64Array.of(3), params);
  update.step(2, Float64Array.of(4), params);
  t.true(Math.abs(params[0]! + 1 + 0.5 * 0.8) < 1e-12);
  update.lr![0] = 10;
  update.step(3, Float64Array.of(12), params);
  t.true(Math.abs(params[0]! + 1.4 + (10 * 12) / 13) < 1e-12);
  t.deepEqual([...(update.state.squares as Float64Array)], [169]);
});

test('unless told otherwise the step is the learning rate’s', (t) => {
  t.deepEqual(path([[2, 4], [0, 2]], gradientDescent(0.5)), [[-1, -2], [-1, -3]]); // prettier-ignore
});
