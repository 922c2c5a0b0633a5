import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { aflGuard, zenoPlusPlus } from '../../src/policies/index.js';
import { certain, judgeOf, minus, norm, product } from './context.js';

// No squares that underflow.
const value = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));
const pair = fc
  .integer({ min: 1, max: 5 })
  .chain((d) =>
    fc.tuple(fc.array(value, { minLength: d, maxLength: d }), fc.array(value, { minLength: d, maxLength: d })),
  );
const slack = 1e-9;

test('AFLGuard by hand: the server’s gradient at 0 is (3, 4), of length 5', (t) => {
  const { judge } = judgeOf(aflGuard({ lambda: 0.6 }), 2, certain([-3, -4]));
  t.deepEqual(judge({}, [3, 4]), [3, 4]);
  t.deepEqual(judge({}, [6, 4]), [6, 4]);
  t.deepEqual(judge({}, [3, 1]), [3, 1]);
  t.is(judge({}, [6.1, 4]), undefined);
  t.is(judge({}, [-3, -4]), undefined);
  t.is(judge({}, [NaN, 4]), undefined);
  t.is(judge({}, [Infinity, 4]), undefined);
});

test('a vector so long that its square overflows doesn’t count', (t) => {
  for (const policy of [aflGuard({ lambda: 1e300 }), zenoPlusPlus({ gamma: 1, rho: 0, epsilon: 0 })])
    for (const sign of [1, -1]) t.is(judgeOf(policy, 2, certain([-3, -4])).judge({}, [sign * 1e200, 4]), undefined);
});

testProp(
  'what AFLGuard accepts is no longer than (1 + λ)‖g_0‖, and for λ < 1 on the side of g_0',
  [pair, fc.double({ min: 0.01, max: 3, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })],
  (t, [own, direction], lambda, reach) => {
    const { judge } = judgeOf(aflGuard({ lambda }), 2, certain(own.map((x) => -x)));
    // Somewhere around the boundary, so that both verdicts are frequent.
    const length = norm(direction);
    const g = own.map((x, k) => x + (length > 0 ? direction[k]! / length : 0) * (1 + reach) * lambda * norm(own));
    const taken = judge({}, g);
    const inside = norm(minus(g, own)) <= lambda * norm(own) * (1 - slack);
    t.true(taken !== undefined || !inside);
    if (!taken) return;
    t.deepEqual(taken, g);
    t.true(norm(taken) <= (1 + lambda) * norm(own) * (1 + slack));
    if (lambda < 1 - slack && norm(own) > 0) t.true(product(taken, own) > 0);
  },
);

test('Zeno++ by hand: a message gets the length of the server’s gradient (3, 4), and must go down its loss', (t) => {
  const { judge } = judgeOf(zenoPlusPlus({ gamma: 0.1, rho: 0.01 }), 2, certain([-3, -4]));
  t.deepEqual(judge({}, [30, 40]), [3, 4]);
  t.deepEqual(judge({}, [0.6, 0.8])!.map((x) => Math.round(x * 1e12) / 1e12), [3, 4]); // prettier-ignore
  // γ⟨v, g⟩ = 0.1·5·5·cos φ against ρ‖g‖² = 0.25: accepted from cos φ = 0.1 on.
  const at = (cosine: number): readonly number[] => {
    const sine = Math.sqrt(1 - cosine * cosine);
    return [0.6 * cosine - 0.8 * sine, 0.8 * cosine + 0.6 * sine];
  };
  t.truthy(judge({}, at(0.11)));
  t.is(judge({}, at(0.09)), undefined);
  t.is(judge({}, [-3, -4]), undefined);
  t.deepEqual(judge({}, [0, 0]), [0, 0], 'it scores γε = 0');
  t.is(judge({}, [NaN, 1]), undefined);
  t.is(judge({}, [Infinity, 1]), undefined);
});

testProp(
  'Zeno++ accepts what scores 0 or more, at the length of the server’s gradient',
  [
    pair,
    fc.double({ min: 1e-3, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ],
  (t, [own, g], gamma, rho, epsilon) => {
    const { judge } = judgeOf(zenoPlusPlus({ gamma, rho, epsilon }), 2, certain(own.map((x) => -x)));
    const length = norm(g);
    fc.pre(length > 1e-100);
    const rescaled = g.map((x) => (x * norm(own)) / length);
    const score = gamma * product(own, rescaled) - rho * norm(own) ** 2 + gamma * epsilon;
    const taken = judge({}, g);
    const size = norm(own) ** 2 + epsilon;
    const close = Math.abs(score) <= 1e-9 * size;
    t.true(close || (taken !== undefined) === score > 0);
    if (taken) t.true(Math.abs(norm(taken) - norm(own)) <= slack * norm(own));
  },
);

test('the server’s gradient is taken anew when it is asked for and old enough', (t) => {
  const { judge, model } = judgeOf(aflGuard({ lambda: 0.5, every: 3 }), 2, certain([0]));
  model[0] = 1;
  t.truthy(judge({}, [1]));
  model[0] = -1;
  t.truthy(judge({}, [1]), 'the first message’s still holds');
  t.is(judge({}, [-1]), undefined);
  t.truthy(judge({}, [-1]), 'after three');
});

test('the mean of several minibatches is taken', (t) => {
  let draws = 0;
  const objective = { ...certain([0]), draw: (_: unknown, __: unknown, batch: { noise: Float64Array }) => void (batch.noise[0] = -(draws += 1)) }; // prettier-ignore
  const { judge } = judgeOf(aflGuard({ lambda: 1e-9, batches: 4 }), 2, objective);
  t.truthy(judge({}, [(1 + 2 + 3 + 4) / 4]));
  t.is(draws, 4);
});
