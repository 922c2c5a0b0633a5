import test from 'ava';
import fc from 'fast-check';
import { marinaSampling } from '../../src/methods/marina-sampling.js';

const near = (a: number, b: number, relative = 1e-12): boolean =>
  Math.abs(a - b) <= relative * Math.max(1e-300, Math.abs(a), Math.abs(b));

/** Counts subsets of the clients one by one; the first `honest` are honest, client 0 is the given one. */
const enumerated = (clients: number, honest: number, sample: number, needed: number) => {
  const tally = { all: 0, good: 0, member: 0 };
  for (let set = 0; set < 1 << clients; set++) {
    const drawn = Array.from({ length: clients }, (_, i) => (set >> i) & 1);
    if (drawn.reduce((sum, bit) => sum + bit, 0) !== sample) continue;
    tally.all++;
    if (drawn.slice(0, honest).reduce((sum, bit) => sum + bit, 0) < needed) continue;
    tally.good++;
    tally.member += drawn[0]!;
  }
  return { good: tally.good / tally.all, member: tally.good === 0 ? 0 : tally.member / tally.good };
};

const binomial = (n: number, k: number): bigint => {
  if (k < 0 || k > n) return 0n;
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
};

/** a/b to about 17 digits. */
const quotient = (a: bigint, b: bigint): number => Number((a * 10n ** 40n) / b) / 1e40;

/** The paper's sums, in whole numbers. */
const summed = (n: number, g: number, c: number, needed: number) => {
  let good = 0n;
  let members = 0n;
  for (let t = needed; t <= c; t++) {
    good += binomial(g, t) * binomial(n - g, c - t);
    members += binomial(g - 1, t - 1) * binomial(n - g, c - t);
  }
  const share = quotient(good, binomial(n, c));
  return { good: share, member: (c / n / share) * quotient(members, binomial(n - 1, c - 1)) };
};

test('p_G and 𝒫 are shares of subsets, counted one by one', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 49 }),
      (n, a, b, hundredths) => {
        const honest = 1 + (a % n);
        const sample = 1 + (b % n);
        const needed = sample - Math.floor((hundredths * sample) / 100);
        const odds = marinaSampling({ clients: n, honest, sample, delta: hundredths / 100 });
        const expected = enumerated(n, honest, sample, needed);
        t.is(odds.needed, needed);
        t.true(near(odds.good, expected.good), `${odds.good} ${expected.good}`);
        t.true(near(odds.member, expected.member), `${odds.member} ${expected.member}`);
      },
    ),
  );
});

test('the paper’s sums with whole numbers give the same', (t) => {
  for (const [n, g, c, delta, needed] of [
    [20, 15, 4, 0.25, 3],
    [20, 15, 5, 0.3, 4],
    [200, 150, 40, 0.3, 28],
    [300, 200, 90, 0.4, 54],
  ] as const) {
    const odds = marinaSampling({ clients: n, honest: g, sample: c, delta });
    const expected = summed(n, g, c, needed);
    t.true(near(odds.good, expected.good, 1e-11), `${odds.good} ${expected.good}`);
    t.true(near(odds.member, expected.member, 1e-11));
  }
});

test('closed forms: a sample of 1, of 2, and of all', (t) => {
  for (const delta of [0, 0.2, 0.25, 0.49]) {
    const one = marinaSampling({ clients: 20, honest: 15, sample: 1, delta });
    t.true(near(one.good, 15 / 20) && near(one.member, 1 / 15));
    const two = marinaSampling({ clients: 20, honest: 15, sample: 2, delta });
    t.true(near(two.good, (15 * 14) / (20 * 19)) && near(two.member, 2 / 15));
  }
  const all = marinaSampling({ clients: 20, honest: 15, sample: 20, delta: 0.25 });
  t.deepEqual([all.good, all.member], [1, 1]);
  const tooMany = marinaSampling({ clients: 20, honest: 15, sample: 20, delta: 0.2 });
  t.deepEqual([tooMany.good, tooMany.member], [0, 0]);
});

test('where every sample is good, an honest client is in one with probability C/n', (t) => {
  const odds = marinaSampling({ clients: 20, honest: 19, sample: 5, delta: 0.2 });
  t.true(near(odds.good, 1) && near(odds.member, 5 / 20));
});

test('δ·C that is whole but for rounding counts as whole', (t) => {
  t.is(marinaSampling({ clients: 40, honest: 30, sample: 20, delta: 0.45 }).needed, 11);
  t.is(marinaSampling({ clients: 40, honest: 30, sample: 10, delta: 0.3 }).needed, 7);
  t.is(marinaSampling({ clients: 40, honest: 30, sample: 4, delta: 0.2499 }).needed, 4);
});

test('many clients are no trouble', (t) => {
  const many = { clients: 100_000, honest: 75_000, delta: 0.3 };
  const odds = marinaSampling({ ...many, sample: 20_000 });
  t.true(odds.good > 0.999999 && odds.good <= 1);
  t.true(near(odds.member, 0.2, 1e-6));
  const rare = marinaSampling({ ...many, sample: 2_000, delta: 0.2 });
  t.true(rare.good > 0 && rare.good < 1e-6);
  t.true(rare.member >= 1600 / 75_000 && rare.member < 1700 / 75_000);
});

test('more that the rule withstands makes more samples good', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (n, a, b) => {
      const shape = { clients: n, honest: 1 + (a % n), sample: 1 + (b % n) };
      const odds = [0, 0.1, 0.2, 0.3, 0.4, 0.49].map((delta) => marinaSampling({ ...shape, delta }).good);
      t.true(odds.every((good, i) => good >= 0 && good <= 1 && (i === 0 || good >= odds[i - 1]! - 1e-15)));
    }),
  );
});

test('what is out of range is told', (t) => {
  const fine = { clients: 20, honest: 15, sample: 4, delta: 0.25 };
  const message = (changes: object) =>
    t.throws(() => marinaSampling({ ...fine, ...changes }), { instanceOf: RangeError }).message;
  t.is(message({ delta: 0.5 }), 'delta is at least 0 and below 1/2, got 0.5');
  t.is(message({ sample: 21 }), 'sample is a whole number from 1 to 20, got 21');
  t.is(message({ honest: 0 }), 'honest is a whole number from 1 to 20, got 0');
  t.is(message({ clients: 1.5 }), `clients is a whole number from 1 to ${Number.MAX_SAFE_INTEGER}, got 1.5`);
});
