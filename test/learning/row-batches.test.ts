import test from 'ava';
import { rowBatches } from '../../src/learning/row-batches.js';
import { stream } from './stream.js';
import { synthetic } from './synthetic.js';

const { train } = synthetic('rows', [2], 5, 10);

test('a sample holds rows of the share with their labels, and follows from the stream', (t) => {
  const { batch, draw } = rowBatches(train, 50);
  const share = Int32Array.of(3, 7, 8);
  const first = batch();
  const second = batch();
  draw(stream('a'), share, first);
  draw(stream('a'), share, second);
  t.deepEqual(first, second);
  t.true(first.rows.every((row, i) => share.includes(row) && first.labels[i] === train.labels[row]));
  t.is(first.noise.length, 0);
  draw(stream('b'), share, second);
  t.notDeepEqual(first, second);
});

test('rows are uniform over the share, or over all rows where there is none', (t) => {
  const size = 30_000;
  const { batch, draw } = rowBatches(train, size);
  const sample = batch();
  for (const share of [null, Int32Array.of(1, 4, 6)]) {
    draw(stream('uniform'), share, sample);
    const choices = share === null ? Array.from({ length: 10 }, (_, row) => row) : Array.from(share);
    const counts = choices.map((row) => sample.rows.filter((drawn) => drawn === row).length);
    t.is(
      counts.reduce((sum, count) => sum + count, 0),
      size,
    );
    const p = 1 / choices.length;
    // Six standard deviations of a binomial count.
    for (const count of counts) t.true(Math.abs(count - size * p) < 6 * Math.sqrt(size * p * (1 - p)));
  }
});

test('a draw takes one number a row from the stream', (t) => {
  const { batch, draw } = rowBatches(train, 4);
  const random = stream('count');
  draw(random, null, batch());
  const other = stream('count');
  for (let k = 0; k < 4; k++) other.next();
  t.is(random.next(), other.next());
});

test('an empty share is refused', (t) => {
  const { batch, draw } = rowBatches(train, 4);
  t.throws(() => draw(stream('none'), new Int32Array(0), batch()), {
    instanceOf: RangeError,
    message: 'a worker has no rows to draw from: its share of the data is empty',
  });
});
