import test from 'ava';

import type { Dataset, Examples } from '../../../src/learning/dataset.js';
import { gaussian } from '../../../src/learning/data/gaussian.js';
import { seededRandom } from '../../../src/random/seeded-random.js';

const make = (options: Record<string, number>): Promise<Dataset> =>
  gaussian.create(gaussian.parameters.parse(options))({ random: seededRandom(5), directory: '' });

const rowOf = ({ inputs }: Examples, row: number) =>
  inputs.values.subarray(row * inputs.features, (row + 1) * inputs.features);

const meanOf = (examples: Examples, label: number): number[] => {
  const rows = [...examples.labels.keys()].filter((row) => examples.labels[row] === label);
  return Array.from({ length: examples.inputs.features }, (_, k) =>
    rows.reduce((sum, row) => sum + rowOf(examples, row)[k]! / rows.length, 0),
  );
};

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, k) => value - b[k]!));

test('sizes are as asked for, classes are balanced', async (t) => {
  const data = await make({ rows: 31, testRows: 7, features: 4, classes: 3 });
  t.like(data, { name: 'gaussian', shape: [4], classes: 3 });
  t.deepEqual([data.train.count, data.test.count], [31, 7]);
  t.deepEqual([data.train.inputs.values.length, data.test.labels.length], [124, 7]);
  const counts = [0, 1, 2].map((c) => data.train.labels.filter((label) => label === c).length);
  t.deepEqual(counts, [11, 10, 10]);
});

test('without noise, rows are centres at the distance asked for, the same in training and test', async (t) => {
  const { train, test: scored } = await make({
    rows: 6,
    testRows: 3,
    features: 5,
    classes: 3,
    separation: 4,
    noise: 0,
  });
  for (const row of [0, 1, 2]) {
    t.true(Math.abs(Math.hypot(...rowOf(train, row)) - 4) < 1e-5);
    t.deepEqual(rowOf(train, row + 3), rowOf(train, row));
    t.deepEqual(rowOf(scored, row), rowOf(train, row));
  }
});

test('two classes have opposite centres', async (t) => {
  const { train } = await make({ rows: 2, features: 1, noise: 0 });
  t.is(rowOf(train, 0)[0]!, -rowOf(train, 1)[0]!);
});

test('clouds scatter around their centres with the standard deviation asked for', async (t) => {
  const [rows, features, noise] = [8000, 3, 0.5];
  const { train } = await make({ rows, features, classes: 4, noise });
  const { train: exact } = await make({ rows: 4, features, classes: 4, noise: 0 });
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    squares += distance([...rowOf(train, row)], [...rowOf(exact, row % 4)]) ** 2;
  }
  const variance = squares / (rows * features);
  t.true(Math.abs(variance - 0.25) < 0.25 * 6 * Math.sqrt(2 / (rows * features)));
  for (const label of [0, 1, 2, 3]) {
    t.true(distance(meanOf(train, label), [...rowOf(exact, label)]) < 8 * (noise / Math.sqrt(rows / 4)));
  }
});

test('without noise, regression targets are linear in the rows, by a vector of length 1', async (t) => {
  const { classes, train } = await make({ rows: 4000, features: 2, classes: 0, noise: 0 });
  t.is(classes, 0);
  // Two rows settle w*; every other must agree.
  const [a, b, c, d] = [0, 1].flatMap((row) => [...rowOf(train, row)]) as [number, number, number, number];
  const [y, z] = [train.labels[0]!, train.labels[1]!];
  const determinant = a * d - b * c;
  const w = [(y * d - z * b) / determinant, (a * z - c * y) / determinant] as const;
  t.true(Math.abs(Math.hypot(...w) - 1) < 1e-9);
  for (let row = 0; row < 4000; row++) {
    const [u, v] = rowOf(train, row);
    t.true(Math.abs(w[0] * u! + w[1] * v! - train.labels[row]!) < 1e-9);
  }
});

test('regression noise has the standard deviation asked for', async (t) => {
  const regress = async (noise: number) => (await make({ rows: 5000, features: 2, classes: 0, noise })).train.labels;
  const variance = (all: Float64Array) => all.reduce((sum, y) => sum + y * y, 0) / all.length;
  const [noiseless, labels] = [await regress(0), await regress(3)];
  // Of the signal 1, of the noise 9.
  t.true(Math.abs(variance(noiseless) - 1) < 6 * Math.sqrt(2 / 5000));
  t.true(Math.abs(variance(labels) - 10) < 60 * Math.sqrt(2 / 5000));
});

test('depends on the stream only', async (t) => {
  t.deepEqual(await make({ rows: 20 }), await make({ rows: 20 }));
  const other = await gaussian.create(gaussian.parameters.parse({ rows: 20 }))({
    random: seededRandom(6),
    directory: '',
  });
  t.notDeepEqual(other.train.inputs, (await make({ rows: 20 })).train.inputs);
});

test('one class is refused', (t) => {
  t.false(gaussian.parameters.safeParse({ classes: 1 }).success);
});
