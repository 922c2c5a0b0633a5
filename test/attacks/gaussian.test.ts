import test from 'ava';
import { gaussian } from '../../src/attacks/gaussian.js';
import { standardNormalQuantile } from '../../src/random/standard-normal.js';
import { seededRandom } from '../../src/random/seeded-random.js';
import { lie, view } from './cases.js';

const many = Array.from({ length: 10_000 }, () => 100);
const drawn = (options: Parameters<typeof gaussian>[0]): number[] =>
  lie(gaussian(options), view([], [], 1, { random: seededRandom(1) }), many);

const momentsOf = (values: readonly number[]): readonly [number, number] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
};

test('the draws have the mean and the deviation that were asked for', (t) => {
  const [mean, deviation] = momentsOf(drawn({ mean: 3, deviation: 2 }));
  t.true(Math.abs(mean - 3) < 0.08);
  t.true(Math.abs(deviation - 2) < 0.08);
});

test('they can be added to the worker’s own vector', (t) => {
  const alone = drawn({ deviation: 0.2 });
  drawn({ deviation: 0.2, add: true }).forEach((value, k) => {
    t.true(Math.abs(value - 100 - alone[k]!) < 1e-9);
  });
  const rule = gaussian({ add: true });
  t.true(rule.kind === 'vector' && rule.needsOwn);
});

test('each coordinate takes one draw, and a draw of 0 is finite', (t) => {
  const draws = [0, 0.975, 0.5];
  const random = { ...seededRandom(1), next: () => draws.shift()! };
  const values = lie(gaussian(), view([], [], 1, { random }), [1, 1, 1]);
  t.deepEqual(values, [standardNormalQuantile(2 ** -54), standardNormalQuantile(0.975), 0]);
  t.true(Math.abs(values[1]! - 1.959964) < 1e-6);
});
