import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { zMax } from '../../src/attacks/z-max.js';

for (const [n, f, expected] of [
  [20, 5, 0.2533],
  [20, 8, 0.6745],
  [9, 4, 0.8416],
  [17, 8, 1.2206],
] as const) {
  test(`${n} workers, ${f} of them Byzantine: z = ${expected}`, (t) => {
    t.is(Math.round(zMax(n, f) * 1e4) / 1e4, expected);
  });
}

for (const [lambda, expected] of [
  [0.1, 0.1397],
  [0.2, 0.3186],
  [0.3, 0.566],
  [1 / 3, 0.6745],
  [0.4, 0.9674],
] as const) {
  test(`many updates, a share ${lambda} of them Byzantine: z = ${expected}`, (t) => {
    const updates = 6e6;
    t.true(Math.abs(zMax(updates, Math.round(lambda * updates)) - expected) < 6e-5);
  });
}

test('where no lie or every lie would go unnoticed, z stays finite', (t) => {
  t.is(zMax(1, 0), 0);
  t.true(Number.isFinite(zMax(20, 19)));
  t.true(zMax(100, 60) > 1.9);
});

testProp('more Byzantine updates allow a larger z', [fc.integer({ min: 10, max: 1000 })], (t, n) => {
  const values = Array.from({ length: Math.floor(n / 2) }, (_, f) => zMax(n, f));
  t.deepEqual(
    values,
    [...values].sort((a, b) => a - b),
  );
});

test('there must be honest updates', (t) => {
  t.throws(() => zMax(3, 3), { instanceOf: RangeError, message: 'zMax needs 0 ≤ f < n, got n = 3 and f = 3' });
});
