import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { antiCge } from '../../src/attacks/anti-cge.js';
import { cge } from '../../src/weighted/cge.js';
import { crowd, lie, repeated, squaredDistance, view } from './cases.js';

const short = 1 - 1e-6;
const lengthOf = (x: readonly number[]): number =>
  Math.sqrt(
    squaredDistance(
      x,
      x.map(() => 0),
    ),
  );

test('of 1, 2 and 4 with one liar CGE keeps 1, 2 and a lie that is just shorter than 4', (t) => {
  t.deepEqual(lie(antiCge(), view([[1], [2], [4]], [1, 1, 1], 1), [9]), [-4 * short]);
  t.deepEqual(lie(antiCge(), view([[4], [-1], [2]], [1, 1, 1], 2), [9]), [2 * short]);
});

test('against a majority of lies it is the shortest that counts', (t) => {
  t.deepEqual(lie(antiCge(), view([[1], [2]], [1, 1], 5), [9]), [-1 * short]);
});

testProp('CGE keeps all the lies', [crowd, fc.integer({ min: 1, max: 4 })], (t, each, liars) => {
  const honest = repeated(each);
  fc.pre(honest.length > liars);
  const lies = lie(antiCge(), view(each.vectors, each.weights, liars), [0, 0, 0]);
  const sorted = honest.map((x) => ({ x, length: lengthOf(x) })).sort((a, b) => a.length - b.length);
  const kept = sorted.slice(0, honest.length - liars);
  t.true(lengthOf(lies) <= sorted[honest.length - liars]!.length);
  // Where honest vectors tie at the boundary, CGE shares.
  fc.pre(sorted[honest.length - liars]!.length > kept.at(-1)!.length * (1 + 1e-3));
  const all = [...honest, ...Array.from({ length: liars }, () => lies)];
  const out = new Float64Array(3);
  const input = { count: all.length, dimension: 3, vectors: all, weights: all.map(() => 1) };
  cge({ f: liars })({ count: all.length, dimension: 3 })(input, out);
  out.forEach((value, k) => {
    const sum = kept.reduce((total, { x }) => total + x[k]!, 0) + liars * lies[k]!;
    t.true(Math.abs(value - sum / honest.length) < 1e-6 * (1 + lengthOf(lies)));
  });
});
