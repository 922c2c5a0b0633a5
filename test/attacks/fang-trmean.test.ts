import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { fangTrmean } from '../../src/attacks/fang-trmean.js';
import { seededRandom } from '../../src/random/seeded-random.js';
import { crowd, lie, meanOf, view } from './cases.js';

const half = { random: { ...seededRandom(1), next: () => 0.5 } };

test('in the middle of [l/b, l] or [b·l, l], against the mean', (t) => {
  const honest = [[2, -1, -2, 1, 0], [6, 9, -6, -9, 0]]; // prettier-ignore
  const lies = lie(fangTrmean(), view(honest, [1, 1], 1, half), [9, 9, 9, 9, 9]);
  t.deepEqual(
    lies.map((value) => value + 0),
    [1.5, -1.5, -1.5, 1.5, 0],
  );
});

test('weights decide on the mean’s sign', (t) => {
  t.deepEqual(lie(fangTrmean({ b: 3 }), view([[-1], [2]], [1, 1], 1, half), [9]), [-2]);
  t.deepEqual(lie(fangTrmean({ b: 3 }), view([[-1], [2]], [3, 1], 1, half), [9]), [4]);
});

testProp('no honest value is farther against the mean', [crowd, fc.integer()], (t, each, seed) => {
  const random = seededRandom(seed);
  const lies = lie(fangTrmean(), view(each.vectors, each.weights, 1, { random }), [0, 0, 0]);
  const mean = meanOf(each);
  lies.forEach((value, k) => {
    if (Math.abs(mean[k]!) < 1e-9) return;
    const along = each.vectors.map((x) => Math.sign(mean[k]!) * x[k]!);
    const least = Math.min(...along);
    const sent = Math.sign(mean[k]!) * value;
    t.true(sent <= least && sent >= Math.min(2 * least, least / 2));
  });
});
