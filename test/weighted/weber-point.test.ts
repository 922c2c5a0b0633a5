import { testProp } from '@fast-check/ava';
import test from 'ava';
import { weberPoint } from '../../src/weighted/weber-point.js';
import { minus, norm, sum } from '../laws/cases.js';
import { combined, objective, pairsOf, points, slopeAt, type Points } from './weber.js';

const pointAfter = (each: Points, iterations: number, tolerance = 1e-10): number[] => {
  const a = new Float64Array(each.vectors.length);
  weberPoint(each.vectors.length, tolerance, iterations)(pairsOf(each), a);
  return combined(each, a);
};

/** The better of the Vardi–Zhang step off the best point and the mean; the point itself where its weight holds it. */
const obviousStart = (each: Points): { readonly z: number[]; readonly settled: boolean } => {
  const { vectors, weights } = each;
  const values = vectors.map((x) => objective(each, x));
  const centre = vectors[values.indexOf(Math.min(...values))]!;
  const distances = vectors.map((x) => norm(minus(x, centre)));
  const own = sum(weights.filter((_, i) => distances[i] === 0));
  const pulls = weights.map((weight, i) => (distances[i] === 0 ? 0 : weight / distances[i]!));
  const pull = [0, 1].map((k) => sum(vectors.map((x, i) => pulls[i]! * (x[k]! - centre[k]!))));
  if (norm(pull) <= own) return { z: [...centre], settled: true };
  const share = (1 - own / norm(pull)) / sum(pulls);
  const off = centre.map((value, k) => value + share * pull[k]!);
  const mean = combined(each, weights).map((value) => value / sum(weights));
  return { z: objective(each, mean) < objective(each, off) ? mean : off, settled: false };
};

testProp('it begins with the better of a step off the best point and the mean', [points], (t, each) => {
  const { z, settled } = obviousStart(each);
  const start = pointAfter(each, 0);
  if (settled) {
    t.true(Math.abs(objective(each, start) - objective(each, z)) < 1e-9 * objective(each, z));
    return;
  }
  t.true(Math.abs(objective(each, start) - objective(each, z)) < 1e-9 * objective(each, z));
  t.true(norm(minus(start, z)) < 1e-6, `${start.join()}, not ${z.join()}`);
});

testProp('four steps are enough', [points], (t, each) => {
  const z = pointAfter(each, 4);
  if (each.vectors.some((x) => norm(minus(x, z)) < 1e-6)) {
    const { settled } = obviousStart(each);
    t.true(settled || objective(each, z) <= Math.min(...each.vectors.map((x) => objective(each, x))) + 1e-9);
    return;
  }
  t.true(slopeAt(each, z) <= 1e-6 * sum(each.weights) || obviousStart(each).settled, `slope ${slopeAt(each, z)}`);
});

for (const [title, vectors, weights, expected] of [
  ['the middle of three on a line', [[0, 0], [1, 0], [9, 0]], [1, 1, 1], [1, 0]], // prettier-ignore
  ['half of the weight on either side of a gap', [[0, 0], [1, 0], [3, 0], [9, 0]], [1, 1, 1, 1], [2, 0]], // prettier-ignore
  ['the far end of the gap of several', [[0, 0], [1, 0], [1, 0], [5, 0], [7, 0]], [2, 1, 1, 3, 1], [3, 0]], // prettier-ignore
  ['a point that outweighs the rest', [[5, 5], [0, 0], [1, 7]], [4, 1, 2], [5, 5]], // prettier-ignore
  ['a point held by two that lie together', [[5, 5], [5, 5], [0, 0], [1, 7]], [1, 2, 1, 2], [5, 5]], // prettier-ignore
] as const)
  test(title, (t) => {
    t.deepEqual(pointAfter({ vectors, weights }, 50), expected);
  });

test('a point beside others 1e12 times farther away', (t) => {
  const far = [[1e12, 0], [-1e12, 1], [0, 1e12], [0, -1e12]]; // prettier-ignore
  const near = [[0.25, 0.5], [0.5, 0.25], [0.3, 0.4]]; // prettier-ignore
  const each = { vectors: [...far, ...near], weights: [1, 1, 1, 1, 1, 1, 1] };
  const z = pointAfter(each, 50);
  t.true(objective({ vectors: near, weights: [1, 1, 1] }, z) < 0.6, z.join());
});
