import test from 'ava';
import fc from 'fast-check';
import { kthLargest } from '../../src/compressors/kth-largest.js';
import '../fixed-seed.js';

test('it is the one at that place of the sorted numbers, and none is lost', (t) => {
  const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(numbers, fc.nat(), (some, any) => {
      const k = 1 + (any % some.length);
      const given = Float64Array.from(some);
      const sorted = Float64Array.from(some).sort().reverse();
      t.is(kthLargest(given, k) + 0, sorted[k - 1]! + 0);
      t.deepEqual([...given.sort()].map((value) => value + 0), [...sorted.reverse()].map((value) => value + 0)); // prettier-ignore
    }),
  );
});

test('numbers that are sorted, or all the same, take no longer than others', (t) => {
  const n = 200_000;
  const ascending = Float64Array.from({ length: n }, (_, i) => i);
  t.is(kthLargest(ascending.slice(), 1), n - 1);
  t.is(kthLargest(ascending.slice(), n), 0);
  t.is(kthLargest(ascending.reverse(), n / 2), n / 2);
  t.is(kthLargest(new Float64Array(n).fill(7), (n / 3) | 0), 7);
});
