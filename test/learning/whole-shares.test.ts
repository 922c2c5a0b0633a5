import test from 'ava';
import { wholeShares } from '../../src/learning/whole-shares.js';
import { synthetic } from './synthetic.js';

const { train } = synthetic('whole', [2], 5, 10);

test('all rows of a share are there once, with their labels', (t) => {
  const whole = wholeShares(train);
  const all = whole(null);
  t.deepEqual([...all.rows], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.deepEqual([...all.labels], [...train.labels]);
  t.is(whole(null), all);
  const some = whole(Int32Array.of(7, 2));
  t.deepEqual([...some.rows], [7, 2]);
  t.deepEqual([...some.labels], [train.labels[7], train.labels[2]]);
});

test('rows after the honest ones belong to nobody', (t) => {
  t.is(wholeShares({ ...train, count: 4 })(null).labels.length, 4);
});

test('an empty share is refused', (t) => {
  t.throws(() => wholeShares(train)(new Int32Array(0)), {
    instanceOf: RangeError,
    message: 'a worker has no rows to learn from: its share of the data is empty',
  });
});
