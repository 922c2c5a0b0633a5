import test from 'ava';
import { fixedVector } from '../../src/attacks/fixed-vector.js';
import { seededRandom } from '../../src/random/seeded-random.js';
import { atWork, view } from './cases.js';

test('all workers send one vector throughout', (t) => {
  const attack = atWork(fixedVector(), 4);
  const [one, other] = [new Float64Array(4), new Float64Array(4)];
  attack(view([], [], 1), one);
  attack(view([[1, 2, 3, 4]], [1], 5, { worker: 2, step: 9 }), other);
  t.deepEqual(one, other);
  t.is(new Set(one).size, 4);
});

test('another seed gives another vector, a larger deviation a longer one', (t) => {
  const drawn = (seed: number, deviation: number): number => {
    const rule = fixedVector({ deviation });
    if (rule.kind !== 'vector') return NaN;
    const out = new Float64Array(1);
    rule.attack({ count: 1, dimension: 1, random: (name) => seededRandom(seed).fork(name) })(view([], [], 1), out);
    return out[0]!;
  };
  t.not(drawn(1, 1), drawn(2, 1));
  t.is(drawn(1, 4), 4 * drawn(1, 1));
});

test('it needs streams', (t) => {
  const rule = fixedVector();
  t.throws(() => rule.kind === 'vector' && rule.attack({ count: 1, dimension: 1 }), {
    instanceOf: RangeError,
    message: /^fixed-vector draws at random/,
  });
});
