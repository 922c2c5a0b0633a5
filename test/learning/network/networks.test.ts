import test from 'ava';
import type { Kernels } from '../../../src/kernels/index.js';
import { models } from '../../../src/learning/index.js';
import type { Dataset, DenseRows } from '../../../src/learning/dataset.js';
import type { Objective } from '../../../src/learning/objective.js';
import { bothKernels } from '../../kernels/both.js';
import { directionalDifference, relativeDistance } from '../finite-differences.js';
import { scores } from '../scores.js';
import { stream } from '../stream.js';
import { sparse, synthetic } from '../synthetic.js';
import { prepare } from './prepare.js';
import { cnnLayers, mlpLayers } from './reference-layers.js';
import { referenceNetwork, type ReferenceLayer } from './reference-network.js';

const both = bothKernels(1 << 28);

const cnn = (data: Dataset, batch: number, kernels?: Kernels) => models.cnn.create({})({ data, batch, kernels });
const mlp = (data: Dataset, batch: number, hidden = [64], kernels?: Kernels) =>
  models.mlp.create({ hidden })({ data, batch, kernels });

const rowsOf = ({ features, values }: DenseRows, rows: Int32Array): number[][] =>
  Array.from(rows, (row) => Array.from(values.subarray(row * features, (row + 1) * features)));

interface Case {
  readonly title: string;
  readonly data: ReturnType<typeof synthetic>;
  readonly objective: Objective;
  readonly layers: readonly ReferenceLayer[];
}

const imageCase = (kernels: Kernels, shape: readonly number[], classes: number, batch: number): Case => {
  const data = synthetic(`images ${shape.join('x')}`, shape, classes);
  return {
    title: `${kernels.kind}: cnn on ${shape.join(' x ')}, ${classes} classes, batch ${batch}`,
    data,
    objective: cnn(data, batch, kernels),
    layers: cnnLayers(classes),
  };
};

const vectorCase = (kernels: Kernels, features: number, classes: number, batch: number, hidden: number[]): Case => {
  const data = synthetic(`vectors ${features}`, [features], classes);
  return {
    title: `${kernels.kind}: mlp [${hidden.join(', ')}] on ${features} features, ${classes} classes, batch ${batch}`,
    data,
    objective: mlp(data, batch, hidden, kernels),
    layers: mlpLayers(hidden, classes),
  };
};

/**
 * Normalising a batch of 2 blows up what separates its rows, and the rounding of sums in float32 with it: the plain kernels,
 * which sum in float64, are held to the same bound there as the others at 8.
 */
const cases = [
  imageCase(both.plain, [28, 28, 1], 10, 4),
  imageCase(both.plain, [16, 16, 2], 3, 5),
  imageCase(both.plain, [17, 22, 3], 2, 2),
  imageCase(both.plain, [32, 32, 3], 10, 2),
  imageCase(both.simd, [28, 28, 1], 10, 8),
  imageCase(both.simd, [16, 16, 2], 3, 8),
  imageCase(both.simd, [17, 22, 3], 2, 8),
  imageCase(both.simd, [32, 32, 3], 10, 8),
  ...[both.plain, both.simd].flatMap((kernels) => [
    vectorCase(kernels, 9, 5, 6, [7, 4]),
    vectorCase(kernels, 3, 2, 1, [2]),
    vectorCase(kernels, 6, 4, 3, []),
  ]),
];

for (const { title, data, objective, layers } of cases) {
  test(`${title}: loss and gradient are those of the slow float64 network`, (t) => {
    const { params, batch, out } = prepare(objective, title);
    const loss = objective.gradient(params, batch, out);
    const labels = Array.from(batch.labels);
    const slow = referenceNetwork(layers, data.shape, params, rowsOf(data.train.inputs, batch.rows), labels);
    t.is(slow.gradient.length, objective.dimension);
    t.true(Math.abs(loss - slow.loss) < 1e-6, `loss ${loss} and ${slow.loss}`);
    const distance = relativeDistance(out, slow.gradient);
    t.true(distance < 1e-5, `relative distance ${distance}`);
  });

  test(`${title}: the loss changes along its gradient as the gradient says`, (t) => {
    const { params, batch, out } = prepare(objective, title);
    objective.gradient(params, batch, out);
    const length = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0));
    // A step over which the loss moves by about 6e-4: far above float32's noise, far below the curvature's reach.
    const unit = out.map((value) => value / length);
    const slope = directionalDifference(objective, params, batch, unit, 3e-4 / length);
    t.true(Math.abs(slope / length - 1) < 1e-3, `slope ${slope}, length ${length}`);
  });
}

test('the slow network agrees with central differences of itself, batch normalisation and odd edges included', (t) => {
  const shape = [9, 8, 2];
  const layers: ReferenceLayer[] = [
    { kind: 'convolution', filters: 3, size: 3 },
    { kind: 'relu' },
    { kind: 'max-pool' },
    { kind: 'dense', width: 4 },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'dense', width: 3 },
  ];
  const data = synthetic('small images', shape, 3, 5);
  const random = stream('small network');
  const params = Array.from({ length: 57 + (27 + 1) * 4 + 8 + 15 }, () => random.next() - 0.5);
  const rows = rowsOf(data.train.inputs, Int32Array.of(0, 1, 2, 3, 4));
  const at = (p: readonly number[]) => referenceNetwork(layers, shape, p, rows, Array.from(data.train.labels));
  const differences = params.map((value, k) => {
    const h = 1e-6;
    return (at(params.with(k, value + h)).loss - at(params.with(k, value - h)).loss) / (2 * h);
  });
  const distance = relativeDistance(at(params).gradient, differences);
  t.true(distance < 1e-7, `relative distance ${distance}`);
});

test('cnn has 66,230 parameters and 100 statistics on 28 x 28 x 1 with 10 classes', (t) => {
  const objective = cnn(synthetic('digits', [28, 28, 1], 10), 2);
  t.is(objective.dimension, 66_230);
  t.is(objective.statistics, 100);
  t.is(objective.precision, 'float32');
});

test('cnn starts uniformly within one over the root of the fan-in, with γ = 1 and β = 0', (t) => {
  const objective = cnn(synthetic('digits', [28, 28, 1], 10), 2);
  const { params } = prepare(objective, 'bounds');
  const parts: [number, number, number][] = [
    [0, 520, 25],
    [520, 25_570, 500],
    [25_570, 65_620, 800],
    [65_720, 66_230, 50],
  ];
  for (const [from, to, fanIn] of parts) {
    const bound = 1 / Math.sqrt(fanIn);
    const part = params.subarray(from, to);
    const largest = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    t.true(largest <= Math.fround(bound));
    t.true(largest > 0.95 * bound);
    // The mean of n uniforms on ±bound has deviation bound/√(3n).
    t.true(
      Math.abs(part.reduce((sum, value) => sum + value, 0) / part.length) < (6 * bound) / Math.sqrt(3 * part.length),
    );
  }
  t.true(params.subarray(65_620, 65_670).every((value) => value === 1));
  t.true(params.subarray(65_670, 65_720).every((value) => value === 0));
});

test('the gradient is the same bits every time, for a vector in float64 as for one in float32, whatever ran between', (t) => {
  const objective = cnn(synthetic('digits', [28, 28, 1], 10, 12, 3), 4);
  const { params, batch, out } = prepare(objective, 'again');
  const loss = objective.gradient(params, batch, out);
  const other = objective.batch();
  objective.draw(stream('other'), null, other);
  objective.gradient(params, other, new Float32Array(objective.dimension));
  const statistics = new Float64Array(objective.statistics);
  objective.initialStatistics(statistics);
  scores(objective, params, statistics);
  const wide = new Float64Array(objective.dimension);
  t.is(objective.gradient(Float64Array.from(params), batch, wide), loss);
  t.deepEqual(Float32Array.from(wide), out);
});

test('a gradient taken between two slices of an evaluation changes no score', (t) => {
  const data = synthetic('many', [6], 3, 12, 450);
  const objective = mlp(data, 3, [5]);
  const { params, batch, out } = prepare(objective, 'slices');
  const undisturbed = scores(objective, params);
  t.is(undisturbed.yields, 3);
  const evaluation = objective.evaluate(params, []);
  let result = evaluation.next();
  while (result.done !== true) {
    objective.gradient(
      params.map((value) => -value),
      batch,
      out,
    );
    result = evaluation.next();
  }
  t.deepEqual(result.value, undisturbed.scores);
});

test('the scores of mlp are the mean loss and the share of hits on the test examples', (t) => {
  const data = synthetic('scored', [6], 3, 12, 23);
  const objective = mlp(data, 3, [5]);
  const { params } = prepare(objective, 'scored');
  const labels = Array.from(data.test.labels);
  const rows = rowsOf(data.test.inputs, Int32Array.from(labels.keys()));
  const layers = mlpLayers([5], 3);
  const lossOf = (row: number[], label: number) => referenceNetwork(layers, [6], params, [row], [label]).loss;
  const hits = rows.filter((row, i) => [0, 1, 2].every((other) => lossOf(row, labels[i]!) <= lossOf(row, other)));
  const measured = scores(objective, params).scores;
  t.is(measured.accuracy, hits.length / 23);
  t.true(Math.abs(measured.loss! - rows.reduce((sum, row, i) => sum + lossOf(row, labels[i]!), 0) / 23) < 1e-6);
});

test('mlp takes sparse rows as the dense rows they stand for', (t) => {
  const data = synthetic('holes', [8], 3);
  data.train.inputs.values.forEach((value, k, values) => (values[k] = value < 0 ? 0 : value));
  const thin = { ...data, train: { ...data.train, inputs: sparse(data.train.inputs) } };
  const { params, batch, out } = prepare(mlp(data, 6), 'sparse');
  const loss = mlp(data, 6).gradient(params, batch, out);
  const outOfThin = new Float32Array(out.length);
  t.is(mlp(thin, 6).gradient(params, batch, outOfThin), loss);
  t.deepEqual(outOfThin, out);
});

test('mlp learns what a linear model cannot: exclusive or', (t) => {
  const corners = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
  const all = {
    count: 4,
    inputs: { kind: 'dense', features: 2, values: corners },
    labels: Float64Array.of(0, 1, 1, 0),
  } as const;
  const objective = mlp({ name: 'xor', shape: [2], classes: 2, train: all, test: all }, 4, [16]);
  const { params, batch, out } = prepare(objective, 'xor');
  batch.rows.set([0, 1, 2, 3]);
  batch.labels.set(all.labels);
  for (let step = 0; step < 2000; step++) {
    objective.gradient(params, batch, out);
    for (let k = 0; k < params.length; k++) params[k]! -= 0.5 * out[k]!;
  }
  const reached = scores(objective, params).scores;
  t.is(reached.accuracy, 1);
  t.true(reached.loss! < 0.05);
});

test('a diverged network shows: its loss is not a number', (t) => {
  for (const objective of [mlp(synthetic('v', [4], 3), 2), cnn(synthetic('i', [16, 16, 1], 3), 2)]) {
    const { params, batch, out } = prepare(objective, 'diverged');
    t.is(objective.gradient(params.fill(NaN), batch, out), NaN);
  }
});
