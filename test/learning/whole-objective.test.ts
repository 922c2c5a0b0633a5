import test from 'ava';
import { simd } from '../../src/kernels/index.js';
import { compensatedSum } from '../../src/learning/compensated-sum.js';
import { models } from '../../src/learning/index.js';
import type { Objective, Share } from '../../src/learning/objective.js';
import { wholeObjective, type Claim } from '../../src/learning/whole-objective.js';
import { relativeDistance } from './finite-differences.js';
import { sparse, synthetic } from './synthetic.js';

const rows = 700;
const data = synthetic('whole', [5], 2, rows);
const logistic = models.logistic.create({ bias: true, l2: 0.2 })({ data, batch: 3 });
const heap =
  (objective: Objective): Claim =>
  () =>
    new Float64Array(objective.dimension);
const point = Float64Array.from({ length: 6 }, (_, k) => Math.sqrt(k) - 1);

const taken = (objective: Objective, shares: readonly Share[], params = point, claim = heap(objective)) => {
  const whole = wholeObjective(objective, shares, claim);
  const out = claim();
  const taking = whole.take(params, out);
  for (let yields = 0; ; yields++) {
    const { done, value } = taking.next();
    if (done) return { value, out: Float64Array.from(out), yields, blocks: whole.blocks };
  }
};

test('a sum with compensation keeps what small terms add to large ones', (t) => {
  const sum = compensatedSum();
  for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
  t.is(sum.total(), 2);
});

test('the mean over shares is the mean of gradients over each, in blocks', (t) => {
  const shares = [Int32Array.from({ length: 300 }, (_, i) => i), Int32Array.of(699, 4), null, null];
  const { value, out, yields, blocks } = taken(logistic, shares);
  t.is(blocks, 2 + 1 + 3);
  t.is(yields, blocks - 1);
  const sum = { value: 0, gradient: new Float64Array(6) };
  for (const share of shares) {
    const gradient = new Float64Array(6);
    sum.value += logistic.gradient(point, logistic.whole!(share), gradient) / 4;
    gradient.forEach((each, k) => (sum.gradient[k]! += each / 4));
  }
  t.true(Math.abs(value - sum.value) < 1e-13);
  t.true(relativeDistance(out, sum.gradient) < 1e-12);
});

test('workers who have all rows are taken once', (t) => {
  const once = taken(logistic, [null]);
  const often = taken(
    logistic,
    Array.from({ length: 15 }, () => null),
  );
  t.deepEqual(often, once);
});

test('SIMD kernels give the same for any number of rows, dense and sparse', async (t) => {
  const source = (await simd())!;
  for (const count of [1, 2, 3, 5, 64, 65, 255, 257, rows])
    for (const inputs of [data.train.inputs, sparse(data.train.inputs)]) {
      const some = { ...data, train: { ...data.train, inputs, count } };
      const kernels = source.create(1 << 22);
      const placed = models.logistic.create({ bias: true, l2: 0.2 })({ data: some, batch: 3, kernels });
      const [params, out] = [kernels.memory.float64(6), kernels.memory.float64(6)];
      params.set(point);
      const value = placed.gradient(params, placed.whole!(null), out);
      const plain = models.logistic.create({ bias: true, l2: 0.2 })({ data: some, batch: 3 });
      const expected = new Float64Array(6);
      t.true(Math.abs(value - plain.gradient(point, plain.whole!(null), expected)) < 1e-13);
      t.true(relativeDistance(out, expected) < 1e-12);
    }
});

test('a network has none', (t) => {
  const network = models.mlp.create({ hidden: [2] })({ data, batch: 2 });
  t.false('whole' in network);
  t.throws(() => wholeObjective(network, [null], heap(network)), {
    instanceOf: RangeError,
    message: 'the objective takes no gradient over all rows of a share',
  });
});
