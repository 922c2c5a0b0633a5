import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { labelFlip } from '../../src/attacks/label-flip.js';
import { view } from './cases.js';

const flip = (labels: readonly number[], classes: number): number[] => {
  const rule = labelFlip();
  if (rule.kind !== 'data') throw new Error('Label flip falsifies data.');
  const falsified = Float64Array.from(labels);
  rule.falsify({ rows: new Int32Array(labels.length), labels: falsified }, classes, view([], [], 0).random);
  return [...falsified];
};

test('ten classes: 9 − y', (t) => {
  t.deepEqual(flip([0, 3, 9], 10), [9, 6, 0]);
});

test('two classes: 1 − y', (t) => {
  t.deepEqual(flip([0, 1, 1], 2), [1, 0, 0]);
});

testProp(
  'flipping twice changes nothing',
  [fc.integer({ min: 2, max: 100 }), fc.array(fc.nat(99))],
  (t, classes, numbers) => {
    const labels = numbers.map((number) => number % classes);
    t.deepEqual(flip(flip(labels, classes), classes), labels);
  },
);

test('a regression has no labels to flip', (t) => {
  t.throws(() => flip([0.5], 0), {
    instanceOf: RangeError,
    message: 'label-flip needs an objective whose labels are at least 2 classes, got 0',
  });
});
