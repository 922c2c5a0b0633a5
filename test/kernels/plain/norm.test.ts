import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { norm, squaredNorm } from '../../../src/kernels/plain/norm.js';

test('3 and 4 have length 5, whatever the precision', (t) => {
  t.is(norm([3, 4]), 5);
  t.is(norm(Float32Array.of(3, 4)), 5);
  t.is(norm([]), 0);
});

test('only the first coordinates count, where a number of them is given', (t) => {
  t.is(squaredNorm([1, 2, 3], 2), 5);
  t.is(squaredNorm([1, 2, 3]), 14);
  t.is(squaredNorm([1, NaN], 1), 1);
});

test('float32 vectors are summed in float64', (t) => {
  t.is(squaredNorm(Float32Array.of(4096, 1)), 2 ** 24 + 1);
});

testProp(
  'a stretched vector is as many times as long',
  [fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 9 }), fc.integer({ min: -20, max: 20 })],
  (t, x, exponent) => {
    t.is(norm(x.map((value) => value * 2 ** exponent)), norm(x) * 2 ** exponent);
  },
);
