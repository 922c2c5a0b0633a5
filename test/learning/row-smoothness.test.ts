import test from 'ava';
import fc from 'fast-check';
import type { Dataset } from '../../src/learning/dataset.js';
import { models } from '../../src/learning/index.js';
import { sparse, synthetic } from './synthetic.js';
import { stream } from './stream.js';

const make = {
  linear: (data: Dataset, bias: boolean) => models.linear.create({ bias })({ data, batch: 1 }),
  logistic: (data: Dataset, bias: boolean) => models.logistic.create({ bias, l2: 0.1 })({ data, batch: 1 }),
  softmax: (data: Dataset, bias: boolean) => models.softmax.create({ bias, l2: 0.1 })({ data, batch: 1 }),
};

test('L of linear models is a multiple of the longest row, a 1 more with a bias, and the penalty', (t) => {
  const data = synthetic('smooth', [3], 2);
  const { values } = data.train.inputs;
  const lengths = Array.from({ length: 12 }, (_, row) => values.slice(3 * row, 3 * row + 3)).map((row) =>
    row.reduce((sum, value) => sum + value * value, 0),
  );
  const longest = lengths.reduce((a, b) => Math.max(a, b));
  const near = (value: number, expected: number) => t.true(Math.abs(value - expected) < 1e-6);
  for (const bias of [false, true]) {
    const squared = longest + Number(bias);
    near(make.linear(data, bias).smoothness!(), squared);
    near(make.logistic(data, bias).smoothness!(), squared / 4 + 0.1);
    near(make.softmax(data, bias).smoothness!(), squared / 2 + 0.1);
    t.is(make.logistic(data, bias).strongConvexity!(), bias ? 0 : 0.1);
    const thin = { ...data, train: { ...data.train, inputs: sparse(data.train.inputs) } };
    t.is(make.logistic(thin, bias).smoothness!(), make.logistic(data, bias).smoothness!());
  }
});

test('gradients of single rows differ by at most L times the distance, and inner products by at least μ times its square', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom('linear', 'logistic', 'softmax'),
      fc.boolean(),
      fc.integer({ min: 0, max: 11 }),
      fc.nat(),
      (name, bias, row, seed) => {
        const data = synthetic('smooth', [3], name === 'linear' ? 0 : name === 'logistic' ? 2 : 4);
        const objective = make[name](data, bias);
        const random = stream(`points ${seed}`);
        const scale = 4 * random.next() ** 3;
        const x = Float64Array.from({ length: objective.dimension }, () => 4 * random.next() - 2);
        const y = x.map((value) => value + scale * (random.next() - 0.5));
        const batch = objective.whole!(Int32Array.of(row));
        const [a, b] = [x, y].map((params) => {
          const out = new Float64Array(objective.dimension);
          objective.gradient(params, batch, out);
          return out;
        });
        const change = a!.map((value, k) => value - b![k]!);
        const step = x.map((value, k) => value - y[k]!);
        const norm = (v: Float64Array) => Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
        t.true(norm(change) <= objective.smoothness!() * norm(step) * (1 + 1e-9) + 1e-12);
        const inner = change.reduce((sum, value, k) => sum + value * step[k]!, 0);
        t.true(inner >= objective.strongConvexity!() * norm(step) ** 2 - 1e-9);
      },
    ),
  );
});
