import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { topEigenspace } from '../../src/weighted/top-eigenspace.js';
import { dot, sum } from '../laws/cases.js';

const topOf = (matrix: readonly (readonly number[])[]) => {
  const n = matrix.length;
  const squares = new Float64Array(n);
  const value = topEigenspace(n)(Float64Array.from(matrix.flat()), n, squares);
  return { value, squares: [...squares] };
};

const near = (x: readonly number[], y: readonly number[], slack = 1e-12): boolean =>
  x.every((value, i) => Math.abs(value - y[i]!) <= slack);

test('of a matrix that is known, the pair is the known one', (t) => {
  const { value, squares } = topOf([[2, 1], [1, 2]]); // prettier-ignore
  t.true(near([value, ...squares], [3, 0.5, 0.5]));
  const path = topOf([[2, -1, 0], [-1, 2, -1], [0, -1, 2]]); // prettier-ignore
  t.true(near([path.value, ...path.squares], [2 + Math.SQRT2, 0.25, 0.5, 0.25]));
});

test('where several eigenvalues are the largest, the squares are those of the whole eigenspace', (t) => {
  const { value, squares } = topOf([[5, 0, 0], [0, 5, 0], [0, 0, 3]]); // prettier-ignore
  t.true(near([value, ...squares], [5, 1, 1, 0]));
});

test('numbers that are huge or tiny keep their proportions, and nothing has an eigenvalue of 0', (t) => {
  for (const scale of [1e150, 1e-150, 1e-290]) {
    const { value, squares } = topOf([[2 * scale, scale], [scale, 2 * scale]]); // prettier-ignore
    t.true(near([value / scale, ...squares], [3, 0.5, 0.5]), `${scale}`);
  }
  t.deepEqual(topOf([[0, 0], [0, 0]]), { value: 0, squares: [1, 1] }); // prettier-ignore
  t.deepEqual(topOf([[4]]), { value: 4, squares: [1] });
});

/** Vectors whose Gram matrix is looked at: few values, so that rows are often 0, equal or orthogonal. */
const rows = fc
  .record({ n: fc.integer({ min: 1, max: 9 }), d: fc.integer({ min: 1, max: 9 }) })
  .chain(({ n, d }) =>
    fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
  );

testProp(
  'it is the value and the projection that repeated squaring of the matrix tends to',
  [rows],
  (t, vectors) => {
    const gram = vectors.map((x) => vectors.map((y) => dot(x, y)));
    let power = gram;
    for (let k = 0; k < 12; k++) {
      const trace = sum(power.map((row, i) => row[i]!));
      fc.pre(trace > 0);
      const scaled = power.map((row) => row.map((value) => value / trace));
      power = scaled.map((row) => scaled.map((other) => dot(row, other)));
    }
    const trace = sum(power.map((row, i) => row[i]!));
    const squared = sum(power.map((row) => dot(row, row))) / trace ** 2;
    // P/r for a projection on r dimensions: tr((P/r)²) = 1/r. Another value tells that 4096 powers didn't tell eigenvalues apart.
    const rank = Math.round(1 / squared);
    fc.pre(Math.abs(1 / squared - rank) < 1e-9);
    const { value, squares } = topOf(gram);
    const along = power.map((row) => row.map((v) => v / trace));
    const rayleigh = sum(along.map((row, i) => dot(row, gram[i]!)));
    t.true(near([value], [rayleigh], 1e-9 * (1 + rayleigh)));
    t.true(near(squares, along.map((row, i) => rank * row[i]!), 1e-7)); // prettier-ignore
  },
  { numRuns: 1000 },
);

testProp('100 rows give a vector of length 1 that the matrix stretches by the value', [fc.integer()], (t, seed) => {
  const n = 100;
  const vectors = Array.from({ length: n }, (_, i) => Array.from({ length: 7 }, (__, k) => Math.sin(seed + i * i + 13 * k))); // prettier-ignore
  const gram = vectors.map((x) => vectors.map((y) => dot(x, y)));
  const { value, squares } = topOf(gram);
  t.true(Math.abs(sum(squares) - Math.round(sum(squares))) < 1e-9);
  // No direction is stretched more: x'Gx <= value for unit coordinates and for the vector of the roots, signs aside.
  t.true(gram.every((row, i) => row[i]! <= value * (1 + 1e-12)));
  const trace = sum(gram.map((row, i) => row[i]!));
  t.true(value >= trace / 7 - 1e-9 && value <= trace * (1 + 1e-12));
}, { numRuns: 20 }); // prettier-ignore
