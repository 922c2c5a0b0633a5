import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { labelFlip } from '../../src/attacks/label-flip.js';
import { randomLabels } from '../../src/attacks/random-labels.js';
import { seededRandom } from '../../src/random/index.js';
import { draws, falsified } from './samples.js';

test('a draw u becomes the label ⌊u·c⌋, whatever the honest one was', (t) => {
  const labels = [3, 3, 3, 9];
  t.deepEqual(falsified(randomLabels(), labels, 10, draws(0, 0.35, 0.999, 0.95)).labels, [0, 3, 9, 9]);
});

test('of the others, those from the honest one on move up by one', (t) => {
  const labels = [3, 3, 3, 0, 9];
  const made = falsified(randomLabels({ others: true }), labels, 10, draws(0, 0.34, 0.999, 0, 0.999));
  t.deepEqual(made.labels, [0, 4, 9, 1, 8]);
});

test('rows stay', (t) => {
  t.deepEqual(falsified(randomLabels(), [0, 1, 1], 2, draws(0.5, 0.5, 0.5)).rows, [0, 1, 2]);
});

testProp(
  'labels are classes, and other ones where that is asked for',
  [fc.integer({ min: 2, max: 20 }), fc.array(fc.nat(19)), fc.boolean(), fc.string()],
  (t, classes, numbers, others, seed) => {
    const labels = numbers.map((number) => number % classes);
    const made = falsified(randomLabels({ others }), labels, classes, seededRandom(seed)).labels;
    t.true(made.every((label) => Number.isInteger(label) && label >= 0 && label < classes));
    t.true(!others || made.every((label, i) => label !== labels[i]));
  },
);

testProp('of two classes, the other one is the flipped one', [fc.array(fc.nat(1)), fc.string()], (t, labels, seed) => {
  const made = falsified(randomLabels({ others: true }), labels, 2, seededRandom(seed)).labels;
  t.deepEqual(made, falsified(labelFlip(), labels, 2, draws()).labels);
});

test('every allowed class is as likely as any other: χ² of 30,000 labels', (t) => {
  for (const others of [false, true]) {
    const labels = new Array<number>(30_000).fill(2);
    const counts = new Array<number>(5).fill(0);
    for (const label of falsified(randomLabels({ others }), labels, 5, seededRandom('labels')).labels) counts[label]!++;
    const allowed = counts.filter((_, label) => !others || label !== 2);
    const expected = labels.length / allowed.length;
    const chi = allowed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Exceeded by chance less than once in 1,000.
    t.true(chi < 18.5, `χ² = ${chi}`);
  }
});

test('a regression has no classes to draw from', (t) => {
  t.throws(() => falsified(randomLabels(), [0.5], 0, draws()), {
    instanceOf: RangeError,
    message: 'random-labels needs an objective whose labels are at least 2 classes, got 0',
  });
});
