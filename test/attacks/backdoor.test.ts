import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { backdoor } from '../../src/attacks/backdoor.js';
import { seededRandom } from '../../src/random/index.js';
import { dataOf, draws, falsified, poisoned, tableOf } from './samples.js';

const train = [
  [1, 2, 3],
  [4, 5, 6],
];
const tested = [
  [7, 8, 9],
  [0, 0, 0],
  [1, 0, 1],
];

for (const kind of ['dense', 'sparse'] as const)
  test(`${kind}: rows with the trigger follow the honest ones, and the others of the test are the aim`, (t) => {
    const data = dataOf({ kind, train, test: tested, classes: 3, labels: [0, 1], testLabels: [2, 0, 1] });
    const { inputs, aim } = poisoned(backdoor({ target: 2, features: [2], value: -1 }), data);
    t.deepEqual(tableOf(inputs), [...train, [1, -1, 3], [4, -1, 6]]);
    t.is(aim!.score, 'backdoor');
    t.is(aim!.examples.count, 2);
    t.deepEqual(tableOf(aim!.examples.inputs), [
      [0, -1, 0],
      [1, -1, 1],
    ]);
    t.deepEqual([...aim!.examples.labels], [2, 2]);
  });

test('the first ⌊p·b⌋ samples bear the trigger and the target, or one more by the draw', (t) => {
  const { attack } = poisoned(backdoor({ target: 1, share: 0.5 }), dataOf({ train: [[1], [2], [3]] }));
  const all = (u: number): object => falsified(attack, [0, 0, 0], 2, draws(u));
  t.deepEqual(all(0.49), { rows: [3, 1, 2], labels: [1, 0, 0] });
  t.deepEqual(all(0.5), { rows: [3, 4, 2], labels: [1, 1, 0] });
});

testProp(
  'of any batch, the poisoned ones are within one of their share, in the mean just it, and the others are honest',
  [fc.integer({ min: 1, max: 70 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.string()],
  (t, size, share, seed) => {
    const rows = Array.from({ length: size }, (_, i) => [i]);
    const { attack } = poisoned(backdoor({ target: 1, share }), dataOf({ train: rows }));
    const random = seededRandom(seed);
    let total = 0;
    for (let i = 0; i < 200; i++) {
      const made = falsified(attack, new Array<number>(size).fill(0), 2, random);
      const bad = made.rows.filter((row) => row >= size).length;
      t.true(Math.abs(bad - share * size) < 1 + 1e-9 && bad <= size);
      t.deepEqual(
        made.labels,
        made.rows.map((row) => Number(row >= size)),
      );
      total += bad;
    }
    // Six deviations of a mean of 200.
    t.true(Math.abs(total / 200 - share * size) < 6 * (0.5 / Math.sqrt(200)));
  },
);

test('a target that is no class is refused at its option', (t) => {
  const error = t.throws(() => poisoned(backdoor({ target: 2 }), dataOf({ train })), {
    name: 'OptionError',
    message: 'found 2; the 2 classes of rows are 0 to 1',
  });
  t.like(error, { option: 'target' });
});

test('so is one that all test examples are of', (t) => {
  t.throws(() => poisoned(backdoor({ target: 0 }), dataOf({ train, testLabels: [0, 0] })), {
    name: 'OptionError',
    message: 'found 0; no test example of rows is of another class, which is what success is measured on',
  });
});
