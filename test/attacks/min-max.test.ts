import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { minMax } from '../../src/attacks/min-max.js';
import type { Perturbation } from '../../src/attacks/perturbation.js';
import { crowd, lie, meanOf, squaredDistance, view } from './cases.js';

const perturbation = fc.constantFrom<Perturbation>('unit', 'sign', 'std');

const diameterOf = (vectors: readonly number[][]): number =>
  Math.max(...vectors.flatMap((x) => vectors.map((y) => squaredDistance(x, y))));

const farthest = (vectors: readonly number[][], y: readonly number[]): number =>
  Math.max(...vectors.map((x) => squaredDistance(x, y)));

test('of −3, 1 and 5 the mean is 1: the lie may be as far as 8 from 5, at −3', (t) => {
  const [value] = lie(minMax(), view([[-3], [1], [5]], [1, 1, 1], 1), [9]);
  t.true(Math.abs(value! + 3) < 1e-12);
});

test('of 0 with weight 3 and 4 the mean is 1, and the lie is as far as 4 from 4', (t) => {
  const [value] = lie(minMax(), view([[0], [4]], [3, 1], 1), [9]);
  t.true(Math.abs(value!) < 1e-12);
});

test('of (0, 0), (2, 0) and (1, 0) nothing varies upwards; against the sign of the mean the lie is at 0, too', (t) => {
  const lies = lie(
    minMax({ perturbation: 'sign' }),
    view(
      [
        [0, 0],
        [2, 0],
        [1, 0],
      ],
      [1, 1, 1],
      1,
    ),
    [9, 9],
  );
  t.deepEqual(lies, [0, 0]);
});

testProp('the farthest honest vector is just as far as two are apart', [crowd, perturbation], (t, each, kind) => {
  const lies = lie(minMax({ perturbation: kind }), view(each.vectors, each.weights, 1), [0, 0, 0]);
  const limit = Math.sqrt(diameterOf(each.vectors));
  const far = Math.sqrt(farthest(each.vectors, lies));
  const moved = squaredDistance(lies, meanOf(each)) > 0;
  t.true(far <= limit + 1e-4 * (1 + limit));
  if (moved) t.true(Math.abs(far - limit) <= 1e-4 * (1 + limit), `${far} and ${limit}`);
});

/** The authors' search, with a first step that is long enough. */
const searched = (each: { vectors: number[][]; weights: number[] }): number[] => {
  const mean = meanOf(each);
  const sigma = mean.map((center, k) => {
    const variance = each.vectors.reduce((sum, x, i) => sum + each.weights[i]! * (x[k]! - center) ** 2, 0);
    return Math.sqrt(variance / each.weights.reduce((sum, weight) => sum + weight, 0));
  });
  const at = (gamma: number): number[] => mean.map((value, k) => value - gamma * sigma[k]!);
  let [gamma, step, best] = [10, 10, 0];
  while (Math.abs(best - gamma) > 1e-9) {
    const fits = farthest(each.vectors, at(gamma)) <= diameterOf(each.vectors);
    if (fits) best = gamma;
    step /= 2;
    gamma += fits ? step : -step;
  }
  return at(best);
};

testProp('the authors’ search finds the same', [crowd], (t, each) => {
  const found = searched(each);
  lie(minMax(), view(each.vectors, each.weights, 1), [0, 0, 0]).forEach((value, k) => {
    t.true(Math.abs(value - found[k]!) < 1e-4 * (1 + Math.abs(value)), `${value} and ${found[k]}`);
  });
});

test('honest vectors that are all equal are sent', (t) => {
  t.deepEqual(lie(minMax(), view([[1, 2], [1, 2]], [1, 2], 1), [0, 0]), [1, 2]); // prettier-ignore
});
