import test from 'ava';
import fc from 'fast-check';
import { l2Quantization } from '../../src/compressors/index.js';
import { seededRandom } from '../../src/random/index.js';
import '../fixed-seed.js';
import { anyVector, difference, drawing, measured, sent, square } from './measured.js';

const rule = l2Quantization();
const x = [3, -1, 0.5, 0, -2];

test('a coordinate becomes the norm with its sign where the draw is below its share, else 0', (t) => {
  // ‖(3, −4)‖ = 5: probabilities 0.6 and 0.8.
  const messages = [
    [0.59, 0.79],
    [0.6, 0.79],
    [0.59, 0.8],
    [0.6, 0.8],
  ].map((draws) => sent(rule, [3, -4], drawing(draws)));
  t.deepEqual(
    messages.map(({ received }) => received),
    [
      [5, -5],
      [0, -5],
      [5, 0],
      [0, 0],
    ],
  );
  // The norm, and an index and a sign for each.
  t.deepEqual(
    messages.map(({ bits }) => bits),
    [64 + 4, 64 + 2, 64 + 2, 64],
  );
});

test('over all outcomes, mean and variance are exactly those of the formula', (t) => {
  const size = Math.sqrt(square(x));
  const shares = x.map((value) => Math.abs(value) / size);
  const mean = x.map(() => 0);
  let variance = 0;
  for (let outcome = 0; outcome < 2 ** x.length; outcome++) {
    const ones = x.map((_, i) => (outcome >> i) % 2 === 1);
    const chance = ones.reduce((product, one, i) => product * (one ? shares[i]! : 1 - shares[i]!), 1);
    if (chance === 0) continue;
    const { received } = sent(rule, x, drawing(ones.map((one, i) => (one ? 0.999 * shares[i]! : shares[i]!))));
    received.forEach((value, i) => (mean[i]! += chance * value));
    variance += chance * square(difference(received, x));
  }
  mean.forEach((value, i) => t.true(Math.abs(value - x[i]!) < 1e-12, `${value}`));
  const sum = x.reduce((total, value) => total + Math.abs(value), 0);
  t.true(Math.abs(variance - (size * sum - size * size)) < 1e-11, `${variance}`);
  t.true(variance <= rule.constants(5).omega! * size * size);
});

test('the bound on the variance, (√d − 1)‖x‖², is reached where all |x_k| are equal', (t) => {
  fc.assert(
    fc.property(anyVector, (numbers) => {
      const size = Math.sqrt(square(numbers));
      const sum = numbers.reduce((total, value) => total + Math.abs(value), 0);
      const { omega } = rule.constants(numbers.length);
      t.true(size * sum - size * size <= omega! * size * size + 1e-9 * size * size);
    }),
  );
  t.is(rule.constants(4).omega! * 16, 4 * 8 - 16, '‖x‖ = 4, ‖x‖₁ = 8 of (2, 2, 2, 2)');
});

test('from a stream, the mean is x within five standard deviations, and the variance the same', (t) => {
  const { mean, deviation, variance } = measured(rule, x);
  mean.forEach((value, i) => t.true(Math.abs(value - x[i]!) <= 5 * deviation[i]! + 1e-12, `${value}`));
  const size = Math.sqrt(square(x));
  const expected = size * 6.5 - size * size;
  t.true(Math.abs(variance - expected) < 0.05 * expected, `${variance}`);
});

test('‖Q(x)‖ ≤ √d‖x‖, each number is 0 or the norm with its sign, and the size counts those', (t) => {
  fc.assert(
    fc.property(anyVector, fc.integer(), fc.constantFrom('float32', 'float64'), (numbers, seed, precision) => {
      const given = precision === 'float32' ? numbers.map(Math.fround) : numbers;
      const { received, bits } = sent(rule, given, seededRandom(seed), precision);
      const size = Math.sqrt(square(given));
      const { most } = rule.constants(given.length);
      t.true(Math.sqrt(square(received)) <= most! * size * (1 + 1e-6));
      const others = received.filter((value) => value !== 0);
      received.forEach((value, i) => {
        if (value === 0) return;
        t.is(Math.sign(value), Math.sign(given[i]!));
        t.true(Math.abs(Math.abs(value) - size) <= 1e-6 * size);
      });
      const index = Math.ceil(Math.log2(given.length));
      t.is(bits, (precision === 'float32' ? 32 : 64) + others.length * (index + 1));
    }),
  );
});

test('no square is lost or infinite', (t) => {
  for (const scale of [1e-200, 1e200]) {
    const { received } = sent(rule, [3 * scale, -4 * scale], drawing([0.1, 0.1]));
    t.true(Math.abs(received[0]! / (5 * scale) - 1) < 1e-15, `${received[0]}`);
    t.is(received[1], -received[0]!);
  }
});

test('a norm that the precision doesn’t reach lets the vector through', (t) => {
  const large = Math.fround(3e38);
  const { received, bits } = sent(rule, [large, large], drawing([]), 'float32');
  t.deepEqual([received, bits], [[large, large], 32 + 2 * 2]);
});
