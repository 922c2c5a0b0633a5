import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { choleskySolve } from '../../src/weighted/cholesky-solve.js';

test('a system of two equations is solved', (t) => {
  const b = Float64Array.of(8, 7);
  t.true(choleskySolve(Float64Array.of(4, 0, 2, 3), b, 2));
  t.deepEqual(
    [...b].map((value) => Math.round(value * 1e9) / 1e9),
    [1.25, 1.5],
  );
});

test('a matrix that is not positive definite is refused', (t) => {
  t.false(choleskySolve(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2));
  t.false(choleskySolve(Float64Array.of(NaN), Float64Array.of(1), 1));
});

testProp(
  'M·x is b, for M = A·Aᵀ + I',
  [fc.integer({ min: 1, max: 6 }), fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 42, maxLength: 42 })],
  (t, n, numbers) => {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        matrix[i * n + j] = i === j ? 1 : 0;
        for (let k = 0; k < n; k++) matrix[i * n + j]! += numbers[i * n + k]! * numbers[j * n + k]!;
      }
    }
    const b = Float64Array.from(numbers.slice(36, 36 + n));
    const x = b.slice();
    t.true(choleskySolve(matrix.slice(), x, n));
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * x[j]!;
      t.true(Math.abs(sum - b[i]!) < 1e-8);
    }
  },
);
