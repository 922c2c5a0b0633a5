import test from 'ava';
import fc from 'fast-check';
import { sign } from '../../src/compressors/index.js';
import '../fixed-seed.js';
import { anyVector, atWork, difference, drawing, sent, square, vectorOf } from './measured.js';

const none = drawing([]);

test('each coordinate becomes the mean size with its sign, 0 counting as positive', (t) => {
  t.deepEqual(sent(sign(), [3, -1, 0, -0, -1], none).received, [1, -1, 1, 1, -1]);
});

test('what is lost is ‖x‖² − ‖x‖₁²/d, at most (1 − 1/d)‖x‖², and nothing grows', (t) => {
  fc.assert(
    fc.property(anyVector, (numbers) => {
      const d = numbers.length;
      const { received, bits } = sent(sign({ feedback: false }), numbers, none);
      const sum = numbers.reduce((total, value) => total + Math.abs(value), 0);
      const lost = square(difference(received, numbers));
      const all = square(numbers);
      t.true(Math.abs(lost - (all - (sum * sum) / d)) <= 1e-11 * all);
      const { contraction, most } = sign({ feedback: false }).constants(d);
      t.true(lost <= (contraction! + 1e-11) * all);
      t.true(Math.sqrt(square(received)) <= most! * Math.sqrt(all) * (1 + 1e-11));
      t.is(bits, 64 + d);
    }),
  );
});

for (const precision of ['float32', 'float64'] as const)
  test(`all that was given is what was sent and what remains: ${precision}`, (t) => {
    const compressor = atWork(sign(), 4, precision);
    const balance = [0, 0, 0, 0];
    for (let round = 1; round <= 50; round++) {
      const given = [round % 7, -round % 5, 3, (round % 3) - 1];
      const vector = vectorOf(given, precision);
      compressor.compress(1, vector, none);
      given.forEach((value, i) => (balance[i]! += value - vector[i]!));
    }
    const slack = precision === 'float32' ? 1e-4 : 1e-12;
    compressor.state.remainders![1]!.forEach((value, i) =>
      t.true(Math.abs(value - balance[i]!) < slack, `${value} and ${balance[i]}`),
    );
    t.deepEqual([...compressor.state.remainders![0]!], [0, 0, 0, 0]);
  });

test('a message is one number and a bit for each coordinate', (t) => {
  t.is(sign().bits(1000, 'float32'), 1032);
  t.is(sign().bits(1000, 'float64'), 1064);
  t.deepEqual([sign().vectors(9), sign({ feedback: false }).vectors(9)], [9, 0]);
});
