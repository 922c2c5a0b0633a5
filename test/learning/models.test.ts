import test from 'ava';
import type { Dataset } from '../../src/learning/dataset.js';
import { models } from '../../src/learning/index.js';
import type { Objective } from '../../src/learning/objective.js';
import { newVector } from '../../src/kernels/vector.js';
import { scores } from './scores.js';
import { stream } from './stream.js';
import { synthetic } from './synthetic.js';

const images = synthetic('images', [16, 16, 1], 2);
const built: Record<keyof typeof models, (batch: number) => Objective> = {
  quadratic: (batch) =>
    models.quadratic.create({ dimension: 4, smoothness: 2, condition: 5, noise: 1, optimum: 0 })({
      data: undefined,
      batch,
    }),
  linear: (batch) => models.linear.create({ bias: true })({ data: images, batch }),
  logistic: (batch) => models.logistic.create({ bias: true, l2: 0.1 })({ data: images, batch }),
  softmax: (batch) => models.softmax.create({ bias: true, l2: 0.1 })({ data: images, batch }),
  mlp: (batch) => models.mlp.create({ hidden: [5] })({ data: images, batch }),
  cnn: (batch) => models.cnn.create({})({ data: images, batch }),
};

for (const [name, model] of Object.entries(models)) {
  test(`${name} says what it is and describes every option; all have defaults`, (t) => {
    t.regex(model.summary, /\.$/);
    t.true(model.source.length > 0);
    for (const [option, schema] of Object.entries(model.parameters.shape)) {
      t.truthy((schema as { description?: string }).description, option);
    }
    t.true(model.parameters.safeParse({}).success);
  });
}

for (const [name, make] of Object.entries(built)) {
  const prepare = () => {
    const objective = make(3);
    const params = newVector(objective.precision, objective.dimension);
    objective.initial(stream('initial'), params);
    const statistics = newVector(objective.precision, objective.statistics);
    objective.initialStatistics(statistics);
    const batch = objective.batch();
    objective.draw(stream('draw'), null, batch);
    return { objective, params, statistics, batch, out: newVector(objective.precision, objective.dimension) };
  };

  test(`${name}: same parameters and sample, same bits; inputs are left alone; out is overwritten`, (t) => {
    const { objective, params, statistics, batch, out } = prepare();
    const before = structuredClone({ params, batch });
    const loss = objective.gradient(params, batch, out, statistics);
    t.true(Number.isFinite(loss) && out.every(Number.isFinite));
    t.deepEqual({ params, batch }, before);
    const twin = make(3);
    const again = out.map(() => NaN);
    t.is(twin.gradient(params, batch, again), loss);
    t.deepEqual(again, out);
  });

  test(`${name}: a small step against the gradient lowers the loss of the sample`, (t) => {
    const { objective, params, batch, out } = prepare();
    const loss = objective.gradient(params, batch, out);
    const step = 1e-3;
    const moved = params.map((value, k) => value - step * out[k]!);
    t.true(objective.gradient(moved, batch, out) < loss);
  });

  test(`${name}: evaluation yields numbers, its metric among them, and changes nothing it was lent`, (t) => {
    const { objective, params, statistics } = prepare();
    const before = structuredClone({ params, statistics });
    const measured = scores(objective, params, statistics).scores;
    t.true(objective.metric.name in measured);
    t.true(Object.values(measured).every(Number.isFinite));
    t.deepEqual({ params, statistics }, before);
  });
}

const message = (make: () => unknown) => {
  try {
    make();
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'nothing thrown';
};

test('a model refuses data that it cannot learn from, and says why', (t) => {
  const vectors = synthetic('a9a', [123], 2);
  const targets = synthetic('houses', [13], 0);
  const untested: Dataset = { ...vectors, test: { ...vectors.test, count: 0 } };
  const none = { data: undefined, batch: 4 };
  const on = (data: Dataset, batch = 4) => ({ data, batch });
  const networkNeeds = 'model cnn needs images with at least 16 x 16 pixels in 2 classes or more';
  const refusals: [() => unknown, string][] = [
    [() => models.linear.create({ bias: true })(none), 'model linear needs data to learn from, but no data are named'],
    [() => models.cnn.create({})(none), `${networkNeeds}, but no data are named`],
    [() => models.cnn.create({})(on(vectors)), `${networkNeeds}; a9a has rows of 123 features and 2 classes`],
    [
      () => models.cnn.create({})(on(synthetic('small', [15, 16, 3], 4))),
      `${networkNeeds}; small has images of 15 x 16 x 3 and 4 classes`,
    ],
    [() => models.cnn.create({})(on(images, 1)), 'model cnn needs batches of at least 2 rows to normalise them, got 1'],
    [
      () => models.logistic.create({ bias: true, l2: 0 })(on(synthetic('iris', [4], 3))),
      'model logistic needs data of exactly 2 classes; iris has rows of 4 features and 3 classes',
    ],
    [
      () => models.softmax.create({ bias: true, l2: 0 })(on(targets)),
      'model softmax needs data of 2 classes or more; houses has rows of 13 features and real targets',
    ],
    [
      () => models.mlp.create({ hidden: [3] })(on(targets)),
      'model mlp needs data of 2 classes or more; houses has rows of 13 features and real targets',
    ],
    [
      () => models.mlp.create({ hidden: [3] })(on(untested)),
      'model mlp needs at least one example to learn from and one to be tested on; a9a has 12 and 0',
    ],
    [
      () => models.quadratic.create({ dimension: 2, smoothness: 1, condition: 1, noise: 0, optimum: 0 })(on(vectors)),
      'model quadratic learns from no data, but a9a is named',
    ],
  ];
  for (const [make, expected] of refusals) t.is(message(make), expected);
});

test('options out of range are refused', (t) => {
  t.false(models.quadratic.parameters.safeParse({ condition: 0.5 }).success);
  t.false(models.quadratic.parameters.safeParse({ dimension: 0 }).success);
  t.false(models.logistic.parameters.safeParse({ l2: -1 }).success);
  t.false(models.mlp.parameters.safeParse({ hidden: [0] }).success);
});

test('which models need data', (t) => {
  const needing = Object.entries(models).filter(([, { needsData }]) => needsData);
  t.deepEqual(
    needing.map(([name]) => name),
    ['linear', 'logistic', 'softmax', 'mlp', 'cnn'],
  );
});
