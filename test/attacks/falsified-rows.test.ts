import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { falsifiedRows } from '../../src/attacks/falsified-rows.js';
import { rowsOf, tableOf } from './samples.js';

const table = [
  [1, 0, 2],
  [0, 0, 0],
  [0, 3, 0],
];
const double = (honest: number, feature: number): number => 2 * honest + feature;

for (const kind of ['dense', 'sparse'] as const)
  test(`${kind}: the first rows stay, the chosen ones follow, falsified where they are to be`, (t) => {
    const made = falsifiedRows(rowsOf(kind, table, 3), {
      kept: 2,
      chosen: Int32Array.of(2, 0),
      features: Int32Array.of(0, 1),
      value: double,
    });
    t.is(made.kind, kind);
    t.deepEqual(tableOf(made), [
      [1, 0, 2],
      [0, 0, 0],
      [0, 7, 0],
      [2, 1, 2],
    ]);
  });

test('sparse rows store what isn’t 0, columns ascending, and nothing else', (t) => {
  const made = falsifiedRows(rowsOf('sparse', table, 3), {
    kept: 0,
    chosen: Int32Array.of(0, 1, 2),
    features: Int32Array.of(1, 2),
    value: (honest, feature) => (feature === 1 ? 5 - (5 * honest) / 3 : 0),
  });
  if (made.kind !== 'sparse') throw new Error('Sparse rows stay sparse.');
  t.deepEqual([...made.starts], [0, 2, 3, 3]);
  t.deepEqual([...made.columns], [0, 1, 1]);
  t.deepEqual([...made.values], [1, 5, 5]);
});

test('sparse rows that can’t stay sparse are refused', (t) => {
  const inputs = { ...rowsOf('sparse', [[0]], 1), features: 2 ** 20 };
  const falsification = { kept: 0, chosen: new Int32Array(300), features: new Int32Array(2 ** 20), value: () => 1 };
  t.throws(() => falsifiedRows(inputs, falsification), {
    instanceOf: RangeError,
    message:
      '1048576 features of 300 sparse rows are too many to be given a value each: together with the others they make 314572800 values, more than 268435456',
  });
});

const tables = fc.integer({ min: 1, max: 5 }).chain((features) =>
  fc.record({
    features: fc.constant(features),
    table: fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: features, maxLength: features }), {
      minLength: 1,
      maxLength: 6,
    }),
    touched: fc.subarray(Array.from({ length: features }, (_, k) => k)),
  }),
);

testProp(
  'dense and sparse rows are falsified alike, in the same order, and every other value stays',
  [tables, fc.nat(6), fc.infiniteStream(fc.nat(5))],
  (t, { features, table: rows, touched }, head, picks) => {
    const kept = Math.min(head, rows.length);
    const chosen = Int32Array.from([...picks.take(4)], (pick) => pick % rows.length);
    const made = (kind: 'dense' | 'sparse'): { table: number[][]; calls: string[] } => {
      const calls: string[] = [];
      const value = (honest: number, feature: number): number => {
        calls.push(`${honest} ${feature}`);
        return (honest + calls.length) % 3;
      };
      const falsification = { kept, chosen, features: Int32Array.from(touched), value };
      return { table: tableOf(falsifiedRows(rowsOf(kind, rows, features), falsification)), calls };
    };
    const dense = made('dense');
    t.deepEqual(made('sparse'), dense);
    t.deepEqual(dense.table.slice(0, kept), rows.slice(0, kept));
    t.is(dense.calls.length, chosen.length * touched.length);
    for (const [i, row] of dense.table.slice(kept).entries())
      for (const [k, value] of row.entries()) if (!touched.includes(k)) t.is(value, rows[chosen[i]!]![k]!);
  },
);
