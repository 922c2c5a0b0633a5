import test from 'ava';

import { classLabels } from '../../../src/learning/data/class-labels.js';

const renumbered = (title: string, train: number[], test_: number[], expected: [number, number[], number[]]) =>
  test(title, (t) => {
    const labels = classLabels('F', Float64Array.from(train), Float64Array.from(test_));
    t.deepEqual([labels.classes, [...labels.train], [...labels.test]], expected);
  });
renumbered('−1 and +1 become 0 and 1', [1, -1, 1], [-1, -1], [2, [1, 0, 1], [0, 0]]);
renumbered('classes from 0 stay', [2, 0, 1], [1], [3, [2, 0, 1], [1]]);
renumbered('classes from 1 lose one', [3, 1, 2, 3], [3], [3, [2, 0, 1, 2], [2]]);

test('one class is refused', (t) => {
  t.throws(() => classLabels('F', Float64Array.of(4, 4), Float64Array.of(4)), {
    message: 'F: every training row has the label 4, expected two classes or more.',
  });
});

test('a class that only test rows have is refused', (t) => {
  t.throws(() => classLabels('F', Float64Array.of(0, 1), Float64Array.of(7)), {
    message: 'F: a test row has the label 7, which no training row has.',
  });
});
