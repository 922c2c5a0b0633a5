import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { ctma, medianFilteredMean, nnm } from '../../src/weighted/index.js';
import { minus, norm } from '../laws/cases.js';

const shape = { count: 9, dimension: 2 };

/** The median-filtered mean of these vectors, told that honest ones stray by `deviation` at most. */
const filtered = (vectors: readonly (readonly number[])[], deviation?: number): number[] => {
  const out = new Float64Array(2);
  const rows = vectors.map((vector) => Float64Array.from(vector));
  const weights = new Float64Array(rows.length).fill(1);
  medianFilteredMean({ threshold: 'method' })(shape)(
    { count: rows.length, dimension: 2, vectors: rows, weights, deviation },
    out,
  );
  return [...out];
};

const meanOf = (vectors: readonly (readonly number[])[]): number[] =>
  [0, 1].map((k) => vectors.reduce((sum, vector) => sum + vector[k]!, 0) / vectors.length);

const coordinate = fc.oneof(
  fc.double({ min: -8, max: 8, noNaN: true }),
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
);

testProp(
  'told R, a median exists within 3R of the gradient, who is honest counts, and what counts is within 7R',
  [
    fc.integer({ min: 1, max: 9 }),
    fc.nat(),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 7, noNaN: true })), {
      minLength: 9,
      maxLength: 9,
    }),
    fc.array(fc.tuple(coordinate, coordinate), { minLength: 4, maxLength: 4 }),
    fc.constantFrom(0.1, 1, 2.5),
    fc.tuple(coordinate, coordinate),
  ],
  (t, n, liars, honest, lies, R, gradient) => {
    const f = liars % Math.ceil(n / 2);
    const vectors = Array.from({ length: n }, (_, i) => {
      if (i < f) return lies[i]!.map((value, k) => gradient[k]! + R * value);
      const [length, turn] = honest[i]!;
      const radius = R * length * (1 - 1e-9);
      return [gradient[0] + radius * Math.cos(turn), gradient[1] + radius * Math.sin(turn)];
    });
    const apart = (a: readonly number[], b: readonly number[]) => norm(minus(a, b));
    // The definition with 𝒯 = 2R, by hand.
    const median = vectors.find((x) => vectors.filter((y) => apart(x, y) <= 2 * R).length > n / 2);
    t.true(median !== undefined && apart(median, gradient) <= 3 * R * (1 + 1e-9));
    const kept = vectors.map((x) => apart(x, median!) <= 4 * R);
    t.true(kept.slice(f).every(Boolean));
    const counted = vectors.filter((_, i) => kept[i]);
    t.true(counted.every((x) => apart(x, gradient) <= 7 * R * (1 + 1e-9)));
    const result = filtered(vectors, R);
    const rim = vectors.some((x) => vectors.some((y) => [2, 4].some((times) => Math.abs(apart(x, y) - times * R) < 1e-6))); // prettier-ignore
    if (!rim) t.true(apart(result, meanOf(counted)) <= 1e-9 * (1 + norm(gradient)));
    const delta = f / n;
    const bound = apart(meanOf(vectors.slice(f)), gradient) + (7 * R * delta) / (1 - delta);
    t.true(apart(result, gradient) <= bound * (1 + 1e-9) + 1e-9 * (1 + norm(gradient)));
  },
  { numRuns: 1000 },
);

test('twice the deviation is the threshold, and no majority within it is nothing', (t) => {
  const vectors = [[0, 0], [2, 0], [4, 0]]; // prettier-ignore
  t.deepEqual(filtered(vectors, 1), [2, 0]);
  t.deepEqual(filtered(vectors, 0.99), [0, 0]);
  t.deepEqual(filtered([[0, 0], [2, 0], [4.5, 0]], 1), [1, 0]); // prettier-ignore
});

test('a deviation must be told, and the rule says that it follows one', (t) => {
  t.true(medianFilteredMean({ threshold: 'method' }).followsDeviation);
  t.is(medianFilteredMean({ threshold: 3 }).followsDeviation, undefined);
  t.throws(() => filtered([[0, 0]]), {
    instanceOf: RangeError,
    message: 'mfm.threshold: the method tells no deviation of its vectors',
  });
});

test('operators don’t pass the deviation on, nor say that they follow it', (t) => {
  for (const operator of [ctma({ lambda: 0.2 }), nnm({ f: 1 })])
    t.falsy(operator(medianFilteredMean({ threshold: 'method' })).followsDeviation);
});
