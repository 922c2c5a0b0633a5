import { testProp } from '@fast-check/ava';
import test from 'ava';
import { smallestDiameter } from '../../src/weighted/smallest-diameter.js';
import { cases, firstBest, found, holdToReads, squaredOf } from './set-search.js';

testProp('it is the first of the sets whose farthest pair is nearest', [cases], (t, [points, f]) => {
  const n = points.length;
  const squared = squaredOf(points);
  const diameter = (set: readonly number[]) =>
    set.reduce((most, i) => set.reduce((own, j) => Math.max(own, squared[i * n + j]!), most), 0);
  t.deepEqual(found(smallestDiameter, points, f), firstBest(n, f, diameter));
});

test('distances that differ by rounding only are equal: the first set counts', (t) => {
  const third = 1 / 3;
  // 0..1 and 1..2, whose lengths differ in their last digits.
  t.deepEqual(found(smallestDiameter, [[0], [third + third + third * (1 + 1e-12)], [2]], 1), [0, 1]);
  t.deepEqual(found(smallestDiameter, [[0], [1 + 1e-6], [2]], 1), [1, 2]);
});

holdToReads(smallestDiameter, [
  [2, 11_848],
  [5, 13_120],
  [8, 16_040],
]);
