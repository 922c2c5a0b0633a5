import test from 'ava';
import fc from 'fast-check';
import { simd } from '../../src/kernels/index.js';
import type { Kernels } from '../../src/kernels/index.js';
import type { Dataset } from '../../src/learning/dataset.js';
import { models } from '../../src/learning/index.js';
import type { Objective } from '../../src/learning/objective.js';
import { centralDifferences, relativeDistance } from './finite-differences.js';
import { scores } from './scores.js';
import { stream } from './stream.js';
import { sparse, synthetic } from './synthetic.js';

interface Options {
  readonly bias: boolean;
  readonly l2: number;
}

const kinds: Record<
  string,
  { classes: number; make: (options: Options, data: Dataset, batch: number, kernels?: Kernels) => Objective }
> = {
  linear: {
    classes: 0,
    make: (options, data, batch, kernels) => models.linear.create(options)({ data, batch, kernels }),
  },
  logistic: {
    classes: 2,
    make: (options, data, batch, kernels) => models.logistic.create(options)({ data, batch, kernels }),
  },
  softmax: {
    classes: 4,
    make: (options, data, batch, kernels) => models.softmax.create(options)({ data, batch, kernels }),
  },
};

const source = await simd();

const somewhere = (objective: Objective, name: string) => {
  const random = stream(name);
  const params = Float64Array.from({ length: objective.dimension }, () => 2 * random.next() - 1);
  const batch = objective.batch();
  objective.draw(random, null, batch);
  return { params, batch, out: new Float64Array(objective.dimension) };
};

for (const [name, { classes, make }] of Object.entries(kinds)) {
  test(`${name}: the gradient agrees with central differences, penalty and bias or not`, (t) => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom(0, 0.3),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (bias, l2, size, seed) => {
          const objective = make({ bias, l2 }, synthetic(`rows ${seed}`, [4], classes), size);
          const { params, batch, out } = somewhere(objective, `point ${seed}`);
          objective.gradient(params, batch, out);
          t.true(relativeDistance(out, centralDifferences(objective, params, batch)) < 1e-6);
        },
      ),
      { numRuns: 40 },
    );
  });

  test(`${name}: sparse rows give what the dense rows they stand for give`, (t) => {
    const data = synthetic('holes', [9], classes);
    for (const { inputs } of [data.train, data.test]) {
      inputs.values.forEach((value, k, values) => (values[k] = value < 0 ? 0 : value));
    }
    const thin: Dataset = {
      ...data,
      train: { ...data.train, inputs: sparse(data.train.inputs) },
      test: { ...data.test, inputs: sparse(data.test.inputs) },
    };
    const options = { bias: true, l2: 0.1 };
    const dense = make(options, data, 5);
    const { params, batch, out } = somewhere(dense, 'point');
    const outOfThin = out.slice();
    t.is(make(options, thin, 5).gradient(params, batch, outOfThin), dense.gradient(params, batch, out));
    t.is(relativeDistance(outOfThin, out), 0);
    t.deepEqual(scores(make(options, thin, 5), params), scores(dense, params));
  });

  test(`${name}: SIMD kernels give the gradient and the scores that plain loops give`, (t) => {
    const data = synthetic('kernels', [37], classes, 300, 450);
    const thin: Dataset = {
      ...data,
      train: { ...data.train, inputs: sparse(data.train.inputs) },
      test: { ...data.test, inputs: sparse(data.test.inputs) },
    };
    for (const each of [data, thin]) {
      const plain = make({ bias: true, l2: 0.1 }, each, 70);
      const kernels = source!.create(1 << 22);
      const fast = make({ bias: true, l2: 0.1 }, each, 70, kernels);
      const { params, batch, out } = somewhere(plain, 'point');
      const [point, fastOut] = [kernels.memory.float64(params.length), kernels.memory.float64(params.length)];
      point.set(params);
      const loss = plain.gradient(params, batch, out);
      t.true(Math.abs(fast.gradient(point, batch, fastOut) - loss) < 1e-12 * loss);
      t.true(relativeDistance(fastOut, out) < 1e-12);
      const [fastScores, plainScores] = [scores(fast, point), scores(plain, params)];
      t.is(fastScores.yields, plainScores.yields);
      for (const [score, value] of Object.entries(plainScores.scores))
        t.true(Math.abs(fastScores.scores[score]! - value) <= 1e-12 * Math.abs(value), score);
    }
  });

  test(`${name}: the mean of the gradients of single rows is the gradient of all of them`, (t) => {
    const data = synthetic('mean', [3], classes, 6);
    const single = make({ bias: true, l2: 0.2 }, data, 1);
    const whole = make({ bias: true, l2: 0.2 }, data, 6);
    const { params, batch, out } = somewhere(whole, 'point');
    batch.rows.set([0, 1, 2, 3, 4, 5]);
    batch.labels.set(data.train.labels);
    whole.gradient(params, batch, out);
    const mean = new Float64Array(out.length);
    for (let row = 0; row < 6; row++) {
      const one = single.batch();
      one.rows[0] = row;
      one.labels[0] = data.train.labels[row]!;
      const part = out.slice();
      single.gradient(params, one, part);
      part.forEach((value, k) => (mean[k]! += value / 6));
    }
    t.true(relativeDistance(mean, out) < 1e-14);
  });

  test(`${name}: starts at 0 in float64, and yields once in 200 test rows`, (t) => {
    const objective = make({ bias: false, l2: 0 }, synthetic('slices', [3], classes, 4, 450), 2);
    t.is(objective.precision, 'float64');
    const params = new Float64Array(objective.dimension).fill(7);
    objective.initial(stream('initial'), params);
    t.true(params.every((value) => value === 0));
    t.is(scores(objective, params).yields, 2);
  });
}

/** Two rows, (1, 2) and (3, −1). */
const tiny = (labels: readonly number[], classes: number): Dataset => {
  const inputs = { kind: 'dense', features: 2, values: Float32Array.of(1, 2, 3, -1) } as const;
  const both = { count: 2, inputs, labels: Float64Array.from(labels) };
  return { name: 'tiny', shape: [2], classes, train: both, test: both };
};

const onBoth = (objective: Objective, labels: readonly number[], params: readonly number[]) => {
  const batch = objective.batch();
  batch.rows.set([0, 1]);
  batch.labels.set(labels);
  const out = new Float64Array(objective.dimension);
  return { loss: objective.gradient(Float64Array.from(params), batch, out), out: Array.from(out) };
};

test('least squares by hand', (t) => {
  const objective = models.linear.create({ bias: true })({ data: tiny([4, 1], 0), batch: 2 });
  // Predictions 1 + 4 + 0.5 = 5.5 and 3 − 2 + 0.5 = 1.5: residuals 1.5 and 0.5.
  t.deepEqual(onBoth(objective, [4, 1], [1, 2, 0.5]), { loss: 0.625, out: [1.5, 1.25, 1] });
  t.deepEqual(scores(objective, [1, 2, 0.5]).scores, { loss: 0.625, r2: 1 - 2.5 / 4.5 });
});

test('r2 with constant targets is 1 when they are met and 0 when missed', (t) => {
  const objective = models.linear.create({ bias: true })({ data: tiny([3, 3], 0), batch: 2 });
  t.is(scores(objective, [0, 0, 3]).scores.r2, 1);
  t.is(scores(objective, [0, 0, 2]).scores.r2, 0);
});

test('logistic regression by hand: at 0 the gradient is half the difference of the classes’ rows', (t) => {
  const objective = models.logistic.create({ bias: true, l2: 0 })({ data: tiny([1, 0], 2), batch: 2 });
  // (½ − 1)/2 of (1, 2, 1) and ½/2 of (3, −1, 1).
  t.deepEqual(onBoth(objective, [1, 0], [0, 0, 0]), { loss: Math.LN2, out: [0.5, -0.75, 0] });
  // ln 3: e^s = 3 on the first row, 27 on the second.
  const { loss, out } = onBoth(objective, [1, 0], [Math.log(3), 0, 0]);
  t.true(Math.abs(loss - (Math.log(4 / 3) + Math.log(28)) / 2) < 1e-15);
  const slopes = [-1 / 4, 27 / 28] as const;
  const expected = [(slopes[0] + 3 * slopes[1]) / 2, (2 * slopes[0] - slopes[1]) / 2, (slopes[0] + slopes[1]) / 2];
  t.true(relativeDistance(out, expected) < 1e-15);
  const scored = scores(objective, [Math.log(3), 0, 0]).scores;
  t.is(scored.accuracy, 0.5);
  t.is(scored.loss, loss);
});

test('the penalty is on the weights, not on the bias, and not in the scores', (t) => {
  const data = tiny([1, 0], 2);
  const params = [2, 3, 5];
  const free = models.logistic.create({ bias: true, l2: 0 })({ data, batch: 2 });
  const bound = models.logistic.create({ bias: true, l2: 0.5 })({ data, batch: 2 });
  const without = onBoth(free, [1, 0], params);
  const withPenalty = onBoth(bound, [1, 0], params);
  t.true(Math.abs(withPenalty.loss - without.loss - 0.25 * 13) < 1e-14);
  [1, 1.5, 0].forEach((pull, k) => t.true(Math.abs(withPenalty.out[k]! - without.out[k]! - pull) < 1e-14));
  t.deepEqual(scores(bound, params), scores(free, params));
});

test('softmax regression of two classes is logistic regression of the difference', (t) => {
  const data = synthetic('two', [3], 2);
  const softmax = models.softmax.create({ bias: true, l2: 0 })({ data, batch: 5 });
  const logistic = models.logistic.create({ bias: true, l2: 0 })({ data, batch: 5 });
  const { params, batch, out } = somewhere(softmax, 'two');
  // W[0], W[1], b[0], b[1] against w = W[1] − W[0], b = b[1] − b[0].
  const difference = Float64Array.of(0, 0, 0, params[7]! - params[6]!);
  for (let k = 0; k < 3; k++) difference[k] = params[3 + k]! - params[k]!;
  const narrow = new Float64Array(4);
  const loss = logistic.gradient(difference, batch, narrow);
  t.true(Math.abs(softmax.gradient(params, batch, out) - loss) < 1e-14);
  const expected = [...Array.from(narrow.subarray(0, 3), (d) => -d), ...narrow.subarray(0, 3), -narrow[3]!, narrow[3]!];
  t.true(relativeDistance(out, expected) < 1e-13);
  const [wide, thin] = [scores(softmax, params).scores, scores(logistic, difference).scores];
  t.is(wide.accuracy, thin.accuracy);
  t.true(Math.abs(wide.loss! - thin.loss!) < 1e-14);
});

test('a falsified label counts, not the one in the data', (t) => {
  const objective = models.logistic.create({ bias: false, l2: 0 })({ data: tiny([1, 0], 2), batch: 2 });
  t.deepEqual(onBoth(objective, [0, 1], [0, 0]).out, [-0.5, 0.75]);
});
