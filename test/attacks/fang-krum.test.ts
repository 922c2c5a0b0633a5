import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { fangKrum } from '../../src/attacks/fang-krum.js';
import { crowd, lie, meanOf, repeated, squaredDistance, view } from './cases.js';

/** Krum's choice of `vectors`, of which it withstands f, by Blanchard et al.: the place of the least score, the last of equals. */
const krumOf = (vectors: readonly number[][], f: number): number => {
  const scores = vectors.map((x, i) => {
    const others = vectors.filter((_, j) => j !== i).map((y) => squaredDistance(x, y));
    others.sort((a, b) => a - b);
    return others.slice(0, Math.max(0, vectors.length - f - 2)).reduce((sum, squared) => sum + squared, 0);
  });
  return scores.reduce((best, score, i) => (score <= scores[best]! + 1e-9 ? i : best), 0);
};

/** Theorem 1 and the search, as in the paper, for vectors of weight 1. */
const searched = (honest: readonly number[][], mean: readonly number[], liars: number): number => {
  const d = mean.length;
  const sums = honest.map((x, i) => {
    const others = honest.filter((_, j) => j !== i).map((y) => Math.sqrt(squaredDistance(x, y)));
    others.sort((a, b) => a - b);
    return others.slice(0, Math.max(0, honest.length - 2)).reduce((sum, distance) => sum + distance, 0);
  });
  const longest = Math.max(
    ...honest.map((x) =>
      Math.sqrt(
        squaredDistance(
          x,
          x.map(() => 0),
        ),
      ),
    ),
  );
  let lambda = Math.min(...sums) / (Math.max(1, honest.length - liars - 1) * Math.sqrt(d)) + longest / Math.sqrt(d);
  for (; lambda >= 1e-5; lambda /= 2) {
    const lies = Array.from({ length: liars }, () => mean.map((value) => -lambda * Math.sign(value)));
    if (krumOf([...honest, ...lies], liars) >= honest.length) return lambda;
  }
  return 0;
};

testProp('the paper’s search finds the same on repeats', [crowd, fc.integer({ min: 1, max: 6 })], (t, each, liars) => {
  const mean = meanOf(each);
  fc.pre(mean.every((value) => Math.abs(value) > 1e-6));
  const lies = lie(fangKrum(), view(each.vectors, each.weights, liars), [7, 8, 9]);
  const lambda = searched(repeated(each), mean, liars);
  const expected = lambda > 0 ? mean.map((value) => -lambda * Math.sign(value)) : [7, 8, 9];
  lies.forEach((value, k) => {
    t.true(Math.abs(value - expected[k]!) <= 1e-6 * (1 + Math.abs(value)), `${value} and ${expected[k]}`);
  });
});

const honest = view([[1], [2], [3], [4]], [1, 1, 1, 1], 2);

test('by hand: of 1, 2, 3 and 4 with two liars λ₀ = 2/1 + 4, and Krum takes 6/16', (t) => {
  // The best honest vector's score is 1 + 1, the lie's, with a copy at hand, (1 + λ)².
  t.deepEqual(lie(fangKrum(), honest, [9]), [-0.375]);
});

test('one liar alone is never chosen there, and behaves; so do all with a threshold that is too high', (t) => {
  t.deepEqual(lie(fangKrum(), { ...honest, byzantineWeight: 1 }, [9]), [9]);
  t.deepEqual(lie(fangKrum({ threshold: 0.5 }), honest, [9]), [9]);
});

test('where Byzantine updates are as many as honest ones, the first λ is taken', (t) => {
  // h − b − 1 counts as 1; the sum over h − 2 = 0 others is 0; the longest is 3.
  t.deepEqual(lie(fangKrum(), view([[1], [3]], [1, 1], 2), [9]), [-3]);
});
