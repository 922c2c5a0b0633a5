import test from 'ava';
import { fetchNumbers, fetchVectors } from '../../src/engine/fetched.js';

test('numbers of so many workers are read', (t) => {
  t.is(fetchNumbers(Float64Array.of(1, 2, 4, 8), Int32Array.of(3, 1, 0), 2), 10);
  t.is(fetchNumbers(Uint8Array.of(1, 2, 4, 8), Int32Array.of(3, 1, 0), 3), 11);
});

test('of vectors, each line of the beginning is read', (t) => {
  const vectors = [Float64Array.from({ length: 20 }, (_, k) => k), new Float64Array(0), new Float64Array(1000).fill(1)];
  t.is(fetchVectors(vectors, Int32Array.of(0, 1), 2), 0 + 8 + 16);
  t.is(fetchVectors(vectors, Int32Array.of(2), 1), 8);
});
