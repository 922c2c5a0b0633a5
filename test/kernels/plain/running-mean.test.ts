import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { MANY, RunningMean } from '../../../src/kernels/plain/running-mean.js';
import { weightedMean } from '../../../src/weighted/index.js';
import { telling } from '../telling.js';

const COUNT = MANY;

const near = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= 1e-12 * scale;

testProp(
  'after any changes it is the mean of the vectors',
  [
    fc.array(
      fc.tuple(fc.nat(COUNT - 1), fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer({ min: 1, max: 9 })),
    ),
  ],
  (t, changes) => {
    const input = telling(COUNT, 2, (i, k) => Math.sin(i + 7 * k));
    const mean = new RunningMean({ count: COUNT, dimension: 2 });
    const out = new Float64Array(2);
    t.true(mean.take(input, out));
    for (const [place, value, weight] of changes) {
      input.change(place, [value, -value], weight);
      t.true(mean.take(input, out));
      const total = input.weights.reduce((a, b) => a + b);
      for (const k of [0, 1])
        t.true(near(out[k]!, input.vectors.reduce((sum, x, i) => sum + input.weights[i]! * x[k]!, 0) / total, 1e3));
    }
  },
);

test('a vector that was as long as a lie can be leaves no trace', (t) => {
  for (const lie of [1e30, -1e200, 1e14, Infinity, NaN]) {
    const input = telling(COUNT, 1, () => 1);
    const mean = new RunningMean({ count: COUNT, dimension: 1 });
    const out = new Float64Array(1);
    t.true(mean.take(input, out));
    for (let round = 0; round < 5; round++) {
      input.change(round, [lie], 3);
      t.is(mean.take(input, out), Number.isFinite(lie));
      input.change(round, [1], 4);
      t.true(mean.take(input, out));
      t.true(Math.abs(out[0]! - 1) < 1e-13, `${lie}: ${out[0]}`);
    }
  }
});

test('sums that overflow are left to those who divide first', (t) => {
  const input = telling(COUNT, 1, () => 1e307);
  t.false(new RunningMean({ count: COUNT, dimension: 1 }).take(input, new Float64Array(1)));
  const out = new Float64Array(1);
  weightedMean()({ count: COUNT, dimension: 1 })(input, out);
  t.true(Math.abs(out[0]! / 1e307 - 1) < 1e-12);
});

test('few vectors, and vectors that don’t tell, are left to others', (t) => {
  const out = new Float64Array(1);
  const mean = new RunningMean({ count: COUNT, dimension: 1 });
  t.false(
    mean.take(
      telling(COUNT - 1, 1, () => 1),
      out,
    ),
  );
  t.false(mean.take({ ...telling(COUNT, 1, () => 1), version: undefined }, out));
});

test('a change costs the vectors that change, and no other is read', (t) => {
  const input = telling(COUNT, 1, () => 1);
  const mean = new RunningMean({ count: COUNT, dimension: 1 });
  const out = new Float64Array(1);
  mean.take(input, out);
  input.change(3, [5], 2);
  const others = input.vectors.map((vector, i) =>
    i === 3
      ? vector
      : new Proxy(vector, {
          get: () => {
            throw new Error('read');
          },
        }),
  );
  t.true(mean.take({ ...input, vectors: others }, out));
  t.true(near(out[0]!, (COUNT - 1 + 10) / (COUNT + 1), 1));
});

test('everything is summed anew after as many changes as there are vectors', (t) => {
  const input = telling(COUNT, 1, () => 1);
  const mean = new RunningMean({ count: COUNT, dimension: 1 });
  const out = new Float64Array(1);
  mean.take(input, out);
  let anew = 0;
  const vectors = input.vectors.map(
    (vector, i) =>
      new Proxy(vector, {
        get: (target, key) => {
          if (i === COUNT - 1 && key === '0') anew += 1;
          return Reflect.get(target, key) as unknown;
        },
      }),
  );
  for (let round = 0; round <= COUNT; round++) {
    t.is(anew, 0, `${round}`);
    input.change(0, [round], 1);
    mean.take({ ...input, vectors: [input.vectors[0]!, ...vectors.slice(1)] }, out);
  }
  t.is(anew, 1);
});
