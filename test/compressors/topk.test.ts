import test from 'ava';
import fc from 'fast-check';
import { topK } from '../../src/compressors/index.js';
import '../fixed-seed.js';
import { anyVector, atWork, difference, drawing, sent, square, vectorOf } from './measured.js';

const none = drawing([]);

test('the K largest stay, of equals those with the lower index', (t) => {
  const top = (k: number): readonly number[] => sent(topK({ k }), [1, -3, 2, 3, 2, -2], none).received;
  t.deepEqual(top(1), [0, -3, 0, 0, 0, 0]);
  t.deepEqual(top(2), [0, -3, 0, 3, 0, 0]);
  t.deepEqual(top(4), [0, -3, 2, 3, 2, 0]);
  t.deepEqual(top(6), [1, -3, 2, 3, 2, -2]);
});

test('those that stay are those that sorting finds, and what is lost is at most 1 − K/d of ‖x‖²', (t) => {
  fc.assert(
    fc.property(anyVector, fc.nat(), (numbers, some) => {
      const d = numbers.length;
      const k = 1 + (some % d);
      const rule = topK({ k });
      const { received, bits } = sent(rule, numbers, none);
      const order = [...numbers.keys()].sort((a, b) => Math.abs(numbers[b]!) - Math.abs(numbers[a]!) || a - b);
      const kept = new Set(order.slice(0, k));
      t.deepEqual(
        received.map((value) => value + 0),
        numbers.map((value, i) => (kept.has(i) ? value + 0 : 0)),
      );
      const { contraction, density } = rule.constants(d);
      t.true(square(difference(received, numbers)) <= contraction! * square(numbers) * (1 + 1e-12) + 1e-300);
      t.is(density, k);
      t.is(bits, rule.bits(d, 'float64')!);
    }),
  );
});

test('all that was given is what was sent and what remains, whatever the other workers send', (t) => {
  const messages = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 6 }), (all, k) => {
      const compressor = atWork(topK({ k }), 6);
      const balance = [0, 1].map(() => new Array<number>(6).fill(0));
      all.forEach((numbers, turn) => {
        const worker = turn % 2;
        const vector = vectorOf(numbers);
        compressor.compress(worker, vector, none);
        numbers.forEach((value, i) => (balance[worker]![i]! += value - vector[i]!));
        t.deepEqual([...compressor.state.remainders![worker]!], balance[worker]);
        t.true(vector.filter((value) => value !== 0).length <= k);
      });
    }),
  );
});

test('without feedback, a worker’s messages have nothing to do with each other', (t) => {
  const rule = topK({ k: 1, feedback: false });
  const compressor = atWork(rule, 2);
  t.deepEqual(compressor.state, {});
  for (let i = 0; i < 3; i++) {
    const vector = vectorOf([2, 1.5]);
    compressor.compress(0, vector, none);
    t.deepEqual([...vector], [2, 0]);
  }
  t.is(rule.constants(2).most, 1);
  t.is(topK({ k: 1 }).constants(2).most, undefined, 'with feedback, earlier messages come on top');
  t.deepEqual([rule.vectors(9), topK({ k: 1 }).vectors(9)], [1, 10]);
});

test('with feedback, what is small is sent in the end', (t) => {
  const compressor = atWork(topK({ k: 1 }), 2);
  const told = [0, 1, 2].map(() => {
    const vector = vectorOf([2, 1.5]);
    compressor.compress(0, vector, none);
    return [...vector];
  });
  t.deepEqual(told, [
    [2, 0],
    [0, 3],
    [4, 0],
  ]);
});
