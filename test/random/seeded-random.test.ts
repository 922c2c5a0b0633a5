import test from 'ava';
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import type { Random } from '../../src/random/random.js';
import { seededRandom } from '../../src/random/seeded-random.js';

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next());

const seeds = fc.oneof(fc.integer(), fc.string());
const names = fc.string();

/** How many standard deviations a chi-square statistic of equally likely cells lies from its mean. */
const chiSquareSigmas = (counts: Float64Array, total: number): number => {
  const expected = total / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
};

test('the bits of seed 1 are these', (t) => {
  t.deepEqual(draws(seededRandom(1), 3), [0.5260470956849501, 0.47771977624423734, 0.1658184207777541]);
  t.deepEqual(draws(seededRandom(1).fork('worker 1/compute'), 1), [0.5425704715450054]);
  t.deepEqual(draws(seededRandom('a').fork('b'), 1), [0.11149736497439733]);
});

test('draws are those of seedrandom’s own Alea', (t) => {
  fc.assert(
    fc.property(names, (name) => {
      const peer = seedrandom.alea(`1/${name}`);
      t.deepEqual(
        draws(seededRandom(1).fork(name), 50),
        Array.from({ length: 50 }, () => peer.double()),
      );
    }),
  );
});

test('thousands of streams of one root go on side by side as each would alone', (t) => {
  const root = seededRandom(1);
  const streams = Array.from({ length: 10_000 }, (_, k) => root.fork(`${k}`));
  const seen = streams.map((stream) => [stream.next()]);
  for (const k of streams.keys()) seen[k]!.push(streams[k]!.next());
  for (let k = 0; k < streams.length; k += 97) t.deepEqual(seen[k], draws(seededRandom(1).fork(`${k}`), 2));
});

test('the same path gives the same stream, however much was drawn or forked elsewhere', (t) => {
  fc.assert(
    fc.property(seeds, names, names, fc.nat(20), (seed, name, other, count) => {
      const expected = draws(seededRandom(seed).fork(name), 5);
      const root = seededRandom(seed);
      draws(root, count);
      draws(root.fork(other), count);
      const stream = root.fork(name);
      draws(root, count);
      t.deepEqual(draws(stream, 5), expected);
    }),
  );
});

test('a name may be a path: fork(a/b) is fork(a).fork(b)', (t) => {
  fc.assert(
    fc.property(seeds, names, names, (seed, a, b) => {
      const root = seededRandom(seed);
      t.deepEqual(draws(root.fork(`${a}/${b}`), 3), draws(root.fork(a).fork(b), 3));
    }),
  );
});

test('different paths and different seeds give different streams', (t) => {
  const streams = [
    seededRandom(1),
    seededRandom(1).fork(''),
    seededRandom(1).fork('a'),
    seededRandom(1).fork('ab'),
    seededRandom(1).fork('a/b'),
    seededRandom(1).fork('b/a'),
    seededRandom(2),
    seededRandom(1.5),
    seededRandom(-1),
    seededRandom('1/a'),
    seededRandom('1%2Fa'),
    seededRandom('1/a/b'),
    seededRandom('1/a').fork('b'),
  ];
  t.is(new Set(streams.map((stream) => stream.next())).size, streams.length);
});

test('a number and its decimal digits are the same seed', (t) => {
  t.deepEqual(draws(seededRandom(42), 3), draws(seededRandom('42'), 3));
});

test('a restored stream goes on exactly where the state was taken', (t) => {
  fc.assert(
    fc.property(seeds, fc.nat(50), fc.nat(50), (seed, before, after) => {
      const random = seededRandom(seed);
      draws(random, before);
      const state: unknown = JSON.parse(JSON.stringify(random.state()));
      const expected = draws(random, 5);
      draws(random, after);
      random.restore(state as ReturnType<Random['state']>);
      t.deepEqual(random.state(), state);
      t.deepEqual(draws(random, 5), expected);
      const elsewhere = seededRandom('another seed');
      elsewhere.restore(state as ReturnType<Random['state']>);
      t.deepEqual(draws(elsewhere, 5), expected);
    }),
  );
});

test('reading or restoring a state leaves the stream and its forks alone', (t) => {
  const random = seededRandom(3);
  const fork = draws(random.fork('x'), 3);
  const first = random.state();
  t.deepEqual(random.state(), first);
  const expected = draws(random, 3);
  random.restore(first);
  t.deepEqual(draws(random.fork('x'), 3), fork);
  t.deepEqual(draws(random, 3), expected);
});

test('draws lie in [0, 1) and use all of 53 bits', (t) => {
  const random = seededRandom('bits');
  let ones = 0n;
  let zeros = 0n;
  const mask = (1n << 53n) - 1n;
  for (let k = 0; k < 1000; k++) {
    const draw = random.next();
    t.true(draw >= 0 && draw < 1);
    const bits = draw * 2 ** 53;
    t.true(Number.isInteger(bits));
    ones |= BigInt(bits);
    zeros |= ~BigInt(bits) & mask;
  }
  t.is(ones, mask);
  t.is(zeros, mask);
});

const neighbours: Record<string, (k: number) => Random> = {
  'workers’ names': (k) => seededRandom(1).fork(`worker ${k}/compute`),
  'short names': (k) => seededRandom(1).fork(`${k}`),
  seeds: (k) => seededRandom(k),
  'the same name under neighbouring seeds': (k) => seededRandom(k).fork('worker 1/compute'),
};

for (const [title, streamOf] of Object.entries(neighbours)) {
  test(`neighbouring ${title} give uniform, uncorrelated streams`, (t) => {
    const count = 50_000;
    const cells = [0, 1, 2].map(() => new Float64Array(256));
    const pairs = new Float64Array(256);
    let acrossStreams = 0;
    let alongStream = 0;
    let before = 0.5;
    for (let k = 1; k <= count; k++) {
      const [first = 0, second = 0, third = 0] = draws(streamOf(k), 3);
      [first, second, third].forEach((draw, j) => cells[j]![Math.floor(draw * 256)]!++);
      if (k > 1) pairs[Math.floor(first * 16) * 16 + Math.floor(before * 16)]!++;
      acrossStreams += (first - 0.5) * (before - 0.5);
      alongStream += (first - 0.5) * (second - 0.5);
      before = first;
    }
    for (const counts of cells) t.true(Math.abs(chiSquareSigmas(counts, count)) < 5);
    t.true(Math.abs(chiSquareSigmas(pairs, count - 1)) < 5);
    // Products of two independent uniform draws have standard deviation 1/12.
    for (const sum of [acrossStreams, alongStream]) t.true(Math.abs((sum * 12) / Math.sqrt(count)) < 5);
  });
}

test('two long neighbouring streams are uncorrelated at every small lag', (t) => {
  const count = 20_000;
  const a = draws(seededRandom(1).fork('worker 1/compute'), count + 20);
  const b = draws(seededRandom(1).fork('worker 2/compute'), count + 20);
  for (let lag = 0; lag < 20; lag++) {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += (a[k]! - 0.5) * (b[k + lag]! - 0.5);
    t.true(Math.abs((sum * 12) / Math.sqrt(count)) < 5, `lag ${lag}`);
  }
});

test('a seed that is no finite number is refused', (t) => {
  for (const seed of [NaN, Infinity, -Infinity]) {
    t.throws(() => seededRandom(seed), {
      instanceOf: RangeError,
      message: `A seed must be a finite number or a text, got ${seed}.`,
    });
  }
});
