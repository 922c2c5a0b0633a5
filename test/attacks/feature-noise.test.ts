import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { commonDeviation, featureDeviations } from '../../src/attacks/feature-deviations.js';
import { featureNoise } from '../../src/attacks/feature-noise.js';
import { seededRandom } from '../../src/random/index.js';
import { dataOf, draws, falsified, poisoned, tableOf } from './samples.js';

const train = [
  [1, 0, 10],
  [3, 0, 30],
];

for (const kind of ['dense', 'sparse'] as const) {
  test(`${kind}: deviations of each feature, and of all together`, (t) => {
    const { train: examples } = dataOf({ kind, train });
    t.deepEqual([...featureDeviations(examples)], [1, 0, 10]);
    // Mean 44/6, mean square 1010/6.
    t.true(Math.abs(commonDeviation(examples) - Math.sqrt(1010 / 6 - (44 / 6) ** 2)) < 1e-12);
  });

  test(`${kind}: the falsified rows follow the honest ones, which stay`, (t) => {
    // Φ⁻¹(1/2) = 0 and Φ⁻¹(0.8413447460685429) = 1, row by row, feature by feature.
    const one = 0.8413447460685429;
    const { inputs, aim } = poisoned(
      featureNoise({ sigma: 2 }),
      dataOf({ kind, train }),
      draws(one, one, 0.5, 0.5, one, one),
    );
    t.deepEqual(
      tableOf(inputs).map((row) => row.map((value) => Math.round(value * 1e6) / 1e6)),
      [...train, [3, 0, 10], [3, 0, 50]],
    );
    t.is(aim, undefined);
  });
}

test('all features of images have the scale of all of them together', (t) => {
  const data = dataOf({ train: [[1, 0, 0, 1]], shape: [2, 2, 1] });
  const { inputs } = poisoned(featureNoise(), data, draws(0.5, 0.8413447460685429, 0.5, 0.5));
  t.deepEqual(tableOf(inputs)[1], [1, 0.5, 0, 1]);
});

test('a sample names the falsified rows; labels stay', (t) => {
  const data = dataOf({ train: [[1], [2], [3]] });
  const { attack } = poisoned(featureNoise(), data, seededRandom('noise'));
  t.deepEqual(falsified(attack, [1, 0, 1], 2, draws()), { rows: [3, 4, 5], labels: [1, 0, 1] });
});

test('the noise of 20,000 values has mean 0 and deviation σ times theirs', (t) => {
  const values = Array.from({ length: 20_000 }, (_, i) => [i % 2 === 0 ? -3 : 3]);
  const { inputs } = poisoned(featureNoise({ sigma: 0.5 }), dataOf({ train: values }), seededRandom('noise'));
  const noise = tableOf(inputs)
    .slice(20_000)
    .map(([value], i) => value! - values[i]![0]!);
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
  t.true(Math.abs(mean) < 0.04 && Math.abs(deviation - 1.5) < 0.04, `${mean} ± ${deviation}`);
});

testProp(
  'σ = 0 falsifies nothing, and the seed decides the rest',
  [fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 }), { minLength: 1 }), fc.string()],
  (t, rows, seed) => {
    const data = dataOf({ train: rows });
    const made = (sigma: number): number[][] =>
      tableOf(poisoned(featureNoise({ sigma }), data, seededRandom(seed)).inputs);
    t.deepEqual(made(0), [...rows, ...rows]);
    t.deepEqual(made(1), made(1));
  },
);
