import test from 'ava';
import fc from 'fast-check';
import { randK } from '../../src/compressors/index.js';
import { seededRandom } from '../../src/random/index.js';
import '../fixed-seed.js';
import { anyVector, atWork, difference, drawing, measured, sent, square, vectorOf } from './measured.js';

/** Draws for every way to choose K of d in order, each as likely as any other. */
const allDraws = (dimension: number, kept: number): readonly (readonly number[])[] => {
  let all: readonly (readonly number[])[] = [[]];
  for (let i = 0; i < kept; i++) {
    const left = dimension - i;
    all = all.flatMap((draws) => Array.from({ length: left }, (_, j) => [...draws, (j + 0.5) / left]));
  }
  return all;
};

const x = [3, -1, 0.5, 0, -2];

for (const k of [1, 2, 3, 4, 5])
  test(`over all choices of ${k} of 5, the mean is x, and the variance (d/K − 1)‖x‖²`, (t) => {
    const rule = randK({ k });
    const messages = allDraws(5, k).map((draws) => sent(rule, x, drawing(draws)).received);
    const subsets = new Set(messages.map((message) => message.map((value) => value !== 0).join()));
    // One of the five is 0, so that some sets of K look alike.
    t.is(subsets.size, [5, 10, 10, 5, 1][k - 1]!);
    x.forEach((value, i) => {
      const mean = messages.reduce((sum, message) => sum + message[i]! / messages.length, 0);
      t.true(Math.abs(mean - value) < 1e-12, `${mean}`);
    });
    const variance = messages.reduce((sum, message) => sum + square(difference(message, x)) / messages.length, 0);
    const { omega } = rule.constants(5);
    t.is(omega, 5 / k - 1);
    t.true(Math.abs(variance - omega! * square(x)) < 1e-11, `${variance}`);
  });

test('from a stream, the mean is x within five standard deviations, and the variance the same', (t) => {
  const { mean, deviation, variance } = measured(randK({ share: 0.4 }), x);
  mean.forEach((value, i) => t.true(Math.abs(value - x[i]!) <= 5 * deviation[i]!, `${value}`));
  const expected = 1.5 * square(x);
  t.true(Math.abs(variance - expected) < 0.05 * expected, `${variance}`);
});

test('at most K numbers aren’t 0, each d/K of its own, and ‖Q(x)‖ ≤ D_Q‖x‖', (t) => {
  fc.assert(
    fc.property(anyVector, fc.nat(), fc.integer(), (numbers, some, seed) => {
      const d = numbers.length;
      const k = 1 + (some % d);
      const rule = randK({ k });
      const { received, bits } = sent(rule, numbers, seededRandom(seed));
      const kept = received.flatMap((value, i) => (value === 0 ? [] : [i]));
      t.true(kept.length <= k);
      for (const i of kept) t.is(received[i]!, numbers[i]! * (d / k));
      const { most, density } = rule.constants(d);
      t.is(density, k);
      t.true(Math.sqrt(square(received)) <= most! * Math.sqrt(square(numbers)) * (1 + 1e-12));
      t.is(bits, rule.bits(d, 'float64')!);
    }),
  );
});

test('which coordinates a draw means doesn’t depend on who drew before', (t) => {
  const rule = randK({ k: 3 });
  const compressor = atWork(rule, 8);
  const others = seededRandom('others');
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  const first = sent(rule, numbers, seededRandom('mine')).received;
  for (let i = 0; i < 5; i++) compressor.compress(1, vectorOf(numbers), others);
  const vector = vectorOf(numbers);
  compressor.compress(0, vector, seededRandom('mine'));
  t.deepEqual([...vector], first);
});

test('a message has K numbers, each with an index', (t) => {
  t.is(randK({ k: 3 }).bits(8, 'float32'), 3 * (32 + 3));
  t.is(randK({ k: 3 }).bits(9, 'float64'), 3 * (64 + 4));
  t.is(randK({ k: 1 }).bits(1, 'float64'), 64);
});

test('a share is rounded up, and never to none', (t) => {
  const kept = (share: number, d: number): number => randK({ share }).constants(d).density;
  t.deepEqual([kept(0.07, 100), kept(0.1, 30), kept(0.1, 31), kept(1e-9, 5), kept(1, 5)], [7, 3, 4, 1, 5]);
});

test('it is told how many, in one way, and no more than there are', (t) => {
  const message = 'randk needs either k or share, such as { kind: randk, share: 0.1 }';
  t.throws(() => randK({}), { instanceOf: RangeError, message });
  t.throws(() => randK({ k: 1, share: 0.5 }), { instanceOf: RangeError, message });
  t.throws(() => randK({ k: 6 }).constants(5), {
    instanceOf: RangeError,
    message: 'k is 6, but a message has 5 numbers; take a k from 1 to 5, or a share',
  });
});
