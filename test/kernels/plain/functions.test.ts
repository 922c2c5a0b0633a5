import test from 'ava';
import fc from 'fast-check';
import { argMax } from '../../../src/kernels/plain/arg-max.js';
import { sigmoid } from '../../../src/kernels/plain/sigmoid.js';
import { softmax } from '../../../src/kernels/plain/softmax.js';
import { softplus } from '../../../src/kernels/plain/softplus.js';

const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

test('softplus is ln(1 + eᵗ) to full precision, and never overflows', (t) => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (value) => {
      const expected = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
      t.true(relative(softplus(value), expected) < 1e-14);
    }),
  );
  t.is(softplus(1e300), 1e300);
  t.is(softplus(-1e300), 0);
  t.is(softplus(NaN), NaN);
});

test('sigmoid is 1/(1 + e⁻ᵗ), and keeps its precision far below 0', (t) => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (value) => {
      t.true(relative(sigmoid(value), 1 / (1 + Math.exp(-value))) < 1e-14);
    }),
  );
  t.is(sigmoid(0), 0.5);
  t.is(sigmoid(1e300), 1);
  t.is(sigmoid(-1e300), 0);
});

test('softmax gives shares in proportion to eᶻ and returns the logarithm of their sum', (t) => {
  const logits = Float64Array.of(9, Math.log(1), Math.log(2), Math.log(5), 9);
  const shares = new Float64Array(5);
  const logSum = softmax(logits, 1, 3, shares);
  t.true(Math.abs(logSum - Math.log(8)) < 1e-15);
  [0, 0.125, 0.25, 0.625, 0].forEach((share, k) => t.true(Math.abs(shares[k]! - share) < 1e-15));
});

test('softmax is unmoved by a shift of its logits, however large', (t) => {
  const logits = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(logits, fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (values, shift) => {
      const plain = new Float64Array(values.length);
      const shifted = new Float64Array(values.length);
      softmax(Float64Array.from(values), 0, values.length, plain);
      softmax(
        Float64Array.from(values, (value) => value + shift),
        0,
        values.length,
        shifted,
      );
      t.deepEqual(shifted, plain);
    }),
  );
});

test('argMax is the first of the largest', (t) => {
  t.is(argMax([9, 1, 3, 3, 2], 1, 4), 1);
  t.is(argMax([9], 0, 1), 0);
});
