import test from 'ava';
import fc from 'fast-check';

import { partitions } from '../../../../src/learning/data/partitions/index.js';
import type { Partition } from '../../../../src/learning/data/partitions/partition.js';
import { seededRandom } from '../../../../src/random/seeded-random.js';

const { shared, iid, dirichlet, extreme, 'gamma-similarity': gammaSimilarity } = partitions;

/** Every partition that deals rows out, by name. */
const dealing: readonly (readonly [string, Partition])[] = [
  ['iid', iid.create({})],
  ['extreme', extreme.create({})],
  ...[0, 0.3, 0.5, 1].map((gamma) => [`gamma-similarity(${gamma})`, gammaSimilarity.create({ gamma })] as const),
  ...[0.001, 0.1, 1, 1e6].map((alpha) => [`dirichlet(${alpha})`, dirichlet.create({ alpha })] as const),
];
const equalShares = dealing.filter(([name]) => !name.startsWith('dirichlet'));

/** Labels of at least `workers` rows, in no order, some classes perhaps missing. */
const setting = fc
  .record({ classes: fc.integer({ min: 2, max: 6 }), workers: fc.integer({ min: 1, max: 12 }), seed: fc.nat() })
  .chain((chosen) =>
    fc.record({
      ...Object.fromEntries(Object.entries(chosen).map(([key, value]) => [key, fc.constant(value)])),
      labels: fc
        .array(fc.nat(chosen.classes - 1), { minLength: chosen.workers, maxLength: 60 })
        .map((all) => Float64Array.from(all)),
    }),
  ) as fc.Arbitrary<{ classes: number; workers: number; seed: number; labels: Float64Array }>;

/** The shares, none of which stands for all rows. */
const deal = (partition: Partition, labels: Float64Array, classes: number, workers: number, seed: number) =>
  partition(labels, classes, workers, seededRandom(seed)).map((share) => [...share!]);

for (const [name, partition] of dealing) {
  test(`${name}: shares are ascending, not empty, disjoint, and cover all rows`, (t) => {
    fc.assert(
      fc.property(setting, ({ labels, classes, workers, seed }) => {
        const shares = deal(partition, labels, classes, workers, seed);
        t.is(shares.length, workers);
        for (const share of shares) {
          t.true(share.length > 0);
          t.true(share.every((row, i) => i === 0 || share[i - 1]! < row));
        }
        const all = shares.flat().sort((a, b) => a - b);
        t.deepEqual(all, [...labels.keys()]);
      }),
    );
  });

  test(`${name}: the same stream gives the same shares, and labels stay as they are`, (t) => {
    const labels = Float64Array.from({ length: 50 }, (_, row) => (row * 7) % 3);
    const before = labels.slice();
    t.deepEqual(deal(partition, labels, 3, 5, 1), deal(partition, labels, 3, 5, 1));
    t.deepEqual(labels, before);
  });

  test(`${name}: more workers than rows are refused`, (t) => {
    t.throws(() => partition(Float64Array.of(0, 1, 0), 2, 4, seededRandom(1)), {
      instanceOf: RangeError,
      message: '4 workers cannot share 3 rows: each needs at least one of its own.',
    });
  });
}

for (const [name, partition] of equalShares) {
  test(`${name}: sizes differ by one at most`, (t) => {
    fc.assert(
      fc.property(setting, ({ labels, classes, workers, seed }) => {
        const sizes = deal(partition, labels, classes, workers, seed).map((share) => share.length);
        t.true(Math.max(...sizes) - Math.min(...sizes) <= 1);
      }),
    );
  });

  test(`${name}: deals targets of a regression too`, (t) => {
    const labels = Float64Array.of(0.5, -2, 7.25, 3, 3, -1);
    t.deepEqual(
      deal(partition, labels, 0, 2, 1).map((share) => share.length),
      [3, 3],
    );
  });
}

test('shared: everybody draws from all rows, however many there are', (t) => {
  t.deepEqual(shared.create({})(Float64Array.of(0, 1), 2, 3, seededRandom(1)), [null, null, null]);
});

test('extreme: contiguous chunks in order of label, then of row', (t) => {
  const labels = Float64Array.of(2, 0, 1, 0, 2, 1, 0);
  t.deepEqual(deal(extreme.create({}), labels, 3, 3, 1), [
    [1, 3],
    [2, 6],
    [0, 4, 5],
  ]);
});

test('extreme: with as many workers as classes of equal size, each knows one', (t) => {
  const labels = Float64Array.from({ length: 100 }, (_, row) => row % 10);
  deal(extreme.create({}), labels, 10, 10, 1).forEach((share, worker) => {
    t.true(share.every((row) => labels[row] === worker));
  });
});

test('gamma-similarity: 1 is iid and 0 is extreme, share by share', (t) => {
  fc.assert(
    fc.property(setting, ({ labels, classes, workers, seed }) => {
      const at = (gamma: number) => deal(gammaSimilarity.create({ gamma }), labels, classes, workers, seed);
      t.deepEqual(at(1), deal(iid.create({}), labels, classes, workers, seed));
      t.deepEqual(at(0), deal(extreme.create({}), labels, classes, workers, seed));
    }),
  );
});

test('gamma-similarity: a share holds about that part of rows of classes that the sorted part would not give it', (t) => {
  const labels = Float64Array.from({ length: 10_000 }, (_, row) => row % 10);
  const shares = deal(gammaSimilarity.create({ gamma: 0.4 }), labels, 10, 10, 1);
  shares.forEach((share, worker) => {
    t.is(share.length, 1000);
    // 400 i.i.d. rows, of which a tenth are of the worker's own class; 600 of about that class.
    const own = share.filter((row) => labels[row] === worker).length;
    t.true(own > 500 && own < 700, `${own}`);
  });
});

test('iid: every share has every class in about its proportion', (t) => {
  const labels = Float64Array.from({ length: 10_000 }, (_, row) => (row % 4 === 0 ? 0 : 1));
  for (const share of deal(iid.create({}), labels, 2, 10, 1)) {
    const rare = share.filter((row) => labels[row] === 0).length;
    t.true(Math.abs(rare - 250) < 6 * Math.sqrt(1000 * 0.25 * 0.75), `${rare}`);
  }
});

const classLabels = Float64Array.from({ length: 4000 }, (_, row) => row % 4);

test('dirichlet: a large alpha deals every class evenly', (t) => {
  for (const share of deal(dirichlet.create({ alpha: 1e6 }), classLabels, 4, 8, 1)) {
    const counts = [0, 1, 2, 3].map((c) => share.filter((row) => classLabels[row] === c).length);
    t.true(
      counts.every((count) => Math.abs(count - 125) <= 2),
      counts.join(),
    );
  }
});

test('dirichlet: a small alpha gives nearly all of a class to one worker', (t) => {
  const shares = deal(dirichlet.create({ alpha: 0.001 }), classLabels, 4, 8, 1);
  for (let c = 0; c < 4; c++) {
    const counts = shares.map((share) => share.filter((row) => classLabels[row] === c).length);
    t.true(Math.max(...counts) > 950, counts.join());
  }
});

test('dirichlet: proportions have the mean and the variance of the law', (t) => {
  const [workers, alpha, draws, rows] = [4, 0.5, 2000, 1000];
  const proportions = Array.from({ length: draws }, (_, seed) => {
    const labels = new Float64Array(rows);
    return deal(dirichlet.create({ alpha }), labels, 2, workers, seed)[0]!.length / rows;
  });
  const mean = proportions.reduce((a, b) => a + b, 0) / draws;
  const variance = proportions.reduce((a, b) => a + (b - mean) ** 2, 0) / draws;
  // Beta(α, 3α): mean 1/4, variance (1/4)(3/4)/(4α + 1) = 1/16.
  t.true(Math.abs(mean - 0.25) < 6 * Math.sqrt(1 / 16 / draws), `${mean}`);
  t.true(Math.abs(variance - 1 / 16) < 0.15 / 16, `${variance}`);
});

test('dirichlet: targets of a regression are refused', (t) => {
  t.throws(() => dirichlet.create({ alpha: 1 })(Float64Array.of(0.5, 1.5), 0, 1, seededRandom(1)), {
    instanceOf: RangeError,
    message: 'dirichlet deals rows by class, but the data have 0 classes.',
  });
});
