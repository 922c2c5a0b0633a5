import { testProp } from '@fast-check/ava';
import test from 'ava';
import { smallestVariance } from '../../src/weighted/smallest-variance.js';
import { sum } from '../laws/cases.js';
import { cases, firstBest, found, holdToReads } from './set-search.js';

testProp('it is the first of the sets whose covariance has the least top eigenvalue', [cases], (t, [points, f]) => {
  const top = (set: readonly number[]) => {
    const own = set.map((i) => points[i]!);
    const mean = [0, 1].map((k) => sum(own.map((x) => x[k]!)) / own.length);
    const entry = (k: number, l: number) => sum(own.map((x) => (x[k]! - mean[k]!) * (x[l]! - mean[l]!)));
    const [a, b, c] = [entry(0, 0), entry(0, 1), entry(1, 1)];
    return (a + c) / 2 + Math.hypot((a - c) / 2, b);
  };
  t.deepEqual(found(smallestVariance, points, f), firstBest(points.length, f, top));
});

test('variances that differ by rounding only are equal: the first set counts', (t) => {
  t.deepEqual(found(smallestVariance, [[0], [1 + 1e-12], [2]], 1), [0, 1]);
  t.deepEqual(found(smallestVariance, [[0], [1 + 1e-6], [2]], 1), [1, 2]);
});

holdToReads(smallestVariance, [
  [2, 17_866],
  [4, 51_557],
  [6, 30_302],
]);
