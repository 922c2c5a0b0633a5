import test from 'ava';
import { WorkerRows } from '../../src/engine/worker-rows.js';

test('each worker has its own numbers, those of one in a row', (t) => {
  const rows = new WorkerRows(3);
  const [a, b] = [rows.column(), rows.column()];
  const place = rows.add(9);
  const c = rows.column();
  rows.seal();
  t.is(rows.stride, 16);
  t.is(rows.numbers.length, 48);
  for (const worker of [0, 1, 2]) {
    a.set(worker, 10 + worker);
    b.set(worker, 20 + worker);
    rows.numbers.fill(worker, worker * rows.stride + place, worker * rows.stride + place + 9);
    c.set(worker, 30 + worker);
  }
  for (const worker of [2, 0, 1])
    t.deepEqual(
      [a, b, c].map((column) => column.of(worker)),
      [10 + worker, 20 + worker, 30 + worker],
    );
  t.is(rows.numbers[1], 20);
  t.is(rows.numbers[16], 11);
});

test('fetching reads each row’s lines and changes nothing', (t) => {
  const rows = new WorkerRows(4);
  const all = Array.from({ length: 10 }, () => rows.column());
  rows.seal();
  for (const worker of [0, 1, 2, 3]) for (const column of all) column.set(worker, worker);
  const before = [...rows.numbers];
  // Of rows of 16 numbers, the first of both lines, and the last.
  t.is(rows.fetch(Int32Array.of(3, 1, 2), 2), 2 * 3 + 2 * 1);
  t.deepEqual([...rows.numbers], before);
});
