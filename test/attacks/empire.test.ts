import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { empire } from '../../src/attacks/empire.js';
import { crowd, lie, repeated, view } from './cases.js';

test('against the mean 2.5 of 1 and 4 the lie is −0.25', (t) => {
  t.deepEqual(lie(empire(), view([[1], [4]], [1, 1], 1), [9]), [-0.25]);
});

testProp('⟨lie, μ⟩ is −ε·‖μ‖²', [crowd, fc.constantFrom(0.1, 0.5, 10)], (t, { vectors, weights }, epsilon) => {
  const lies = lie(empire({ epsilon }), view(vectors, weights, 1), [0, 0, 0]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = lies.map((_, k) => vectors.reduce((sum, x, i) => sum + (weights[i]! * x[k]!) / total, 0));
  const squared = mean.reduce((sum, value) => sum + value * value, 0);
  const product = mean.reduce((sum, value, k) => sum + value * lies[k]!, 0);
  t.true(Math.abs(product + epsilon * squared) <= 1e-9 * (1 + epsilon * squared));
});

testProp('weights mean the same as repeats', [crowd], (t, each) => {
  const copies = repeated(each);
  const weighted = lie(empire(), view(each.vectors, each.weights, 1), [0, 0, 0]);
  const unweighted = lie(empire(), view(copies, copies.map(() => 1), 1), [0, 0, 0]); // prettier-ignore
  weighted.forEach((value, k) => {
    t.true(Math.abs(value - unweighted[k]!) < 1e-9);
  });
});

test('before an honest vector is at the server the lie is 0', (t) => {
  t.deepEqual(
    lie(empire(), view([], [], 1), [1, 2]).map((value) => value + 0),
    [0, 0],
  );
});
