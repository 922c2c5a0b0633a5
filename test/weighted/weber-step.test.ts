import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { centredProducts } from '../../src/weighted/centred-products.js';
import { weberStep } from '../../src/weighted/weber-step.js';
import { minus, norm } from '../laws/cases.js';
import { combined, newtonFrom, objective, pairsOf, points, slopeAt, weiszfeldFrom, type Points } from './weber.js';

/** z as coefficients relative to the first point; a share for each point, which sum to 1. */
const relative = (shares: readonly number[]): Float64Array =>
  Float64Array.from(shares, (share, i) => (i === 0 ? 0 : share));

const pointOf = (each: Points, a: Float64Array): number[] => {
  const total = a.reduce((left, right) => left + right);
  return combined(each, a).map((value, k) => value + (1 - total) * each.vectors[0]![k]!);
};

const stepFrom = (each: Points, a: Float64Array, slack = 0): boolean => {
  const count = each.vectors.length;
  const products = new Float64Array(count * count);
  const pairs = pairsOf(each);
  centredProducts(pairs, 0, products);
  return weberStep(count)(pairs, products, a, slack);
};

const start = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 7, maxLength: 7 });

const sharesOf = (each: Points, numbers: readonly number[]): number[] => {
  const own = numbers.slice(0, each.vectors.length);
  const total = own.reduce((a, b) => a + b);
  return own.map((number) => number / total);
};

testProp(
  'a step is Newton’s, halved until F falls more than by Weiszfeld’s, or else Weiszfeld’s',
  [points, start],
  (t, each, numbers) => {
    const a = relative(sharesOf(each, numbers));
    const z = pointOf(each, a);
    const { step, safe } = newtonFrom(each, z);
    // Too near to a point, or to a line, rounding decides.
    if (each.vectors.some((x) => norm(minus(z, x)) < 0.05) || safe < 1e-4 || slopeAt(each, z) < 1e-3) {
      t.false(stepFrom(each, a, Infinity));
      return;
    }
    const before = objective(each, z);
    const plain = weiszfeldFrom(each, z);
    const fall = objective(each, plain) - before;
    let expected = plain;
    for (let length = 1, k = 0; k < 30; k++, length /= 2) {
      const there = z.map((value, i) => value + length * step[i]!);
      if (objective(each, there) - before >= fall) continue;
      expected = there;
      break;
    }
    t.true(stepFrom(each, a));
    const reached = pointOf(each, a);
    // Where the two are as good to the last digits, either will do.
    const tied = Math.abs(objective(each, reached) - objective(each, expected)) < 1e-9 * before;
    t.true(
      norm(minus(reached, expected)) < 1e-7 * (1 + norm(step)) || tied,
      `${reached.join()}, not ${expected.join()}`,
    );
  },
);

test('where ‖∇F‖ is certainly within the slack there is no step', (t) => {
  // The centre of an equilateral triangle, up to rounding.
  const each = { vectors: [[0, 0], [2, 0], [1, Math.sqrt(3)]], weights: [1, 1, 1] }; // prettier-ignore
  const a = relative([1 / 3, 1 / 3, 1 / 3]);
  t.false(stepFrom(each, a, 1e-9));
  t.deepEqual([...a], [0, 1 / 3, 1 / 3]);
});

test('the residual is bounded by what the coefficients are off, times the distances', (t) => {
  const each = { vectors: [[0, 0], [3, 0], [0, 4]], weights: [1, 2, 3] }; // prettier-ignore
  const shares = [0.2, 0.3, 0.5];
  const a = relative(shares);
  const z = pointOf(each, a);
  const pulls = each.vectors.map((x, i) => each.weights[i]! / norm(minus(z, x)));
  const total = pulls.reduce((x, y) => x + y);
  const bound =
    total * [1, 2].reduce((sum, i) => sum + Math.abs(pulls[i]! / total - shares[i]!) * norm(each.vectors[i]!), 0);
  t.false(stepFrom(each, relative(shares), bound * (1 + 1e-12)));
  t.true(stepFrom(each, relative(shares), bound * (1 - 1e-12)));
});

testProp('from anywhere near, few steps reach the median', [points, start], (t, each, numbers) => {
  const a = relative(sharesOf(each, numbers));
  let steps = 0;
  while (steps < 60 && stepFrom(each, a, 1e-10)) steps += 1;
  const reached = objective(each, pointOf(each, a));
  for (const x of each.vectors) t.true(reached <= objective(each, x) + 1e-6);
});

test('eight steps are enough for 200 configurations of points, three on average', (t) => {
  let most = 0;
  let total = 0;
  const cases = fc.sample(points, { seed: 1, numRuns: 200 });
  for (const each of cases) {
    const count = each.vectors.length;
    const a = relative(each.vectors.map(() => 1 / count));
    const z = pointOf(each, a);
    if (each.vectors.some((x) => norm(minus(z, x)) === 0)) continue;
    let steps = 0;
    while (steps < 200 && stepFrom(each, a, 1e-8)) steps += 1;
    // On its way into one of the points the iteration goes on for long; the rule looks at those first.
    if (each.vectors.some((x) => norm(minus(pointOf(each, a), x)) < 1e-3)) continue;
    most = Math.max(most, steps);
    total += steps;
  }
  t.true(most <= 8 && total <= 610, `${most} steps at most, ${total} in all`);
});
