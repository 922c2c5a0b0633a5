import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { OrderedColumns, orderedColumnsBytes } from '../../../src/kernels/plain/ordered-columns.js';
import { weightedMedian } from '../../../src/kernels/plain/weighted-median.js';
import { seededRandom } from '../../../src/random/index.js';

const medianOf = (columns: OrderedColumns, dimension: number): number[] => {
  const out = new Float64Array(dimension);
  columns.median(out);
  return [...out];
};

/** From nothing but the vectors. */
const scratch = (vectors: readonly (readonly number[])[], weights: readonly number[]): number[] => {
  const dimension = vectors[0]!.length;
  const out = new Float64Array(dimension);
  weightedMedian({ count: vectors.length, dimension })({ count: vectors.length, dimension, vectors, weights }, out);
  return [...out];
};

for (const [title, values, weights, expected] of [
  ['one value is it', [7], [3], 7],
  ['of two equal voices the midpoint', [1, 4], [1, 1], 2.5],
  ['the heavier of two', [1, 4], [1, 2], 4],
  ['the middle of three', [9, 1, 4], [1, 1, 1], 4],
  ['half of the weight below, and the next value', [5, 1, 9], [1, 2, 1], 3],
  ['half of the weight to within rounding', [1, 2, 3], [0.1, 0.2, 0.3], 2.5],
  ['NaN and infinite values are the largest', [NaN, 1, Infinity, 2, 3], [1, 1, 1, 1, 1], 3],
] as const)
  test(title, (t) => {
    const columns = new OrderedColumns(values.length, 1);
    values.forEach((value, i) => columns.add(i, [value], weights[i]!));
    t.deepEqual(medianOf(columns, 1), [expected]);
  });

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noDefaultInfinity: true, min: -1e9, max: 1e9 }));
const row = fc.record({ vector: fc.tuple(value, value), weight: fc.integer({ min: 1, max: 20 }) });
const change = fc.record({ place: fc.nat(), row });

testProp(
  'after any changes the median is that of the vectors, and so is every bit that follows',
  [fc.array(row, { minLength: 1, maxLength: 40 }), fc.array(change, { minLength: 1, maxLength: 40 })],
  (t, rows, changes) => {
    const columns = new OrderedColumns(rows.length, 2);
    rows.forEach(({ vector, weight }, i) => columns.add(i, vector, weight));
    const now = [...rows];
    for (const { place, row: next } of changes) {
      const at = place % now.length;
      now[at] = next;
      columns.replace(at, next.vector, next.weight);
      const expected = scratch(
        now.map(({ vector }) => vector),
        now.map(({ weight }) => weight),
      );
      t.deepEqual(
        medianOf(columns, 2).map((each) => each + 0),
        expected.map((each) => each + 0),
      );
    }
  },
);

testProp(
  'sums of fractions follow from what is there, not from how it came there',
  [fc.array(fc.tuple(value, fc.double({ min: 0.01, max: 9, noNaN: true })), { minLength: 2, maxLength: 30 })],
  (t, rows) => {
    const [straight, roundabout] = [new OrderedColumns(rows.length, 1), new OrderedColumns(rows.length, 1)];
    rows.forEach(([each, weight], i) => straight.add(i, [each], weight));
    rows.forEach((_, i) => roundabout.add(i, [i], 1 / (i + 3)));
    [...rows.keys()].reverse().forEach((i) => roundabout.replace(i, [rows[i]![0]], rows[i]![1]));
    t.deepEqual(medianOf(roundabout, 1), medianOf(straight, 1));
  },
);

test('cleared columns begin anew', (t) => {
  const columns = new OrderedColumns(3, 1);
  [1, 2, 3].forEach((each, i) => columns.add(i, [each], 1));
  columns.clear();
  [10, 20].forEach((each, i) => columns.add(i, [each], 1));
  t.deepEqual(medianOf(columns, 1), [15]);
});

test('100,000 values that come in order don’t make a deep tree', (t) => {
  const count = 100_000;
  const columns = new OrderedColumns(count, 1);
  for (let i = 0; i < count; i++) columns.add(i, [i], 1);
  t.deepEqual(medianOf(columns, 1), [(count - 1) / 2]);
  const random = seededRandom(1);
  for (let k = 0; k < 1000; k++) columns.replace(Math.floor(random.next() * count), [-1 - k], 1);
  t.true(medianOf(columns, 1)[0]! < (count - 1) / 2);
});

test('the memory is told: values, sums and two links a number, priority and weight a vector', (t) => {
  t.is(orderedColumnsBytes(10, 3), 10 * 3 * (8 + 8 + 4 + 4) + 10 * (4 + 8));
});
