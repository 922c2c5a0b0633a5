import test from 'ava';
import { plainKernels } from '../../../src/kernels/index.js';
import { batchNorm } from '../../../src/learning/network/batch-norm.js';
import { models } from '../../../src/learning/index.js';
import { scores } from '../scores.js';
import { stream } from '../stream.js';
import { synthetic } from '../synthetic.js';

const layer = () =>
  batchNorm()({ shape: [2], rows: 4, offset: 0, statisticsOffset: 0, first: false, kernels: plainKernels() });

test('training rows come out with mean β and deviation γ', (t) => {
  const norm = layer();
  norm.forward(Float32Array.of(2, 1, 5, 4), Float32Array.of(1, 10, 3, 30), 2);
  // Columns 1, 3 and 10, 30: normalised to ∓1 up to the epsilon.
  t.deepEqual(Array.from(norm.output, (value) => Math.round(value * 1e4) / 1e4).slice(0, 4), [3, 3, 7, 5]);
});

test('a training pass says the mean and the unbiased variance of its rows', (t) => {
  const norm = layer();
  const statistics = new Float64Array(4);
  norm.initialStatistics(statistics);
  t.deepEqual(Array.from(statistics), [0, 0, 1, 1]);
  norm.forward(Float32Array.of(1, 1, 0, 0), Float32Array.of(1, 10, 3, 30), 2, statistics);
  t.deepEqual(Array.from(statistics), [2, 20, 2, 200]);
});

test('running statistics move by a tenth towards what a batch says', (t) => {
  const objective = models.cnn.create({})({ data: synthetic('images', [16, 16, 1], 3), batch: 4 });
  const running = Float64Array.of(0, 10);
  objective.blend!(running, [5, 20]);
  t.deepEqual([...running], [0.5, 11]);
});

test('evaluation uses the running statistics, row by row', (t) => {
  const norm = layer();
  norm.predict(Float32Array.of(2, 1, 5, -1), Float32Array.of(1, 10, 3, 30), 2, [1, 10, 4 - 1e-5, 100 - 1e-5]);
  const rounded = Array.from(norm.output, (value) => Math.round(value * 1e5) / 1e5);
  t.deepEqual(rounded.slice(0, 4), [5, -1, 7, 1]);
});

test('cnn says a batch’s statistics where it is asked for them; the gradient is the same', (t) => {
  const data = synthetic('images', [16, 16, 1], 3);
  const objective = models.cnn.create({})({ data, batch: 4 });
  const params = new Float32Array(objective.dimension);
  objective.initial(stream('initial'), params);
  const batch = objective.batch();
  objective.draw(stream('draw'), null, batch);
  const statistics = new Float64Array(objective.statistics);
  objective.initialStatistics(statistics);
  const before = statistics.slice();
  const out = new Float32Array(objective.dimension);
  objective.gradient(params, batch, out);
  t.deepEqual(statistics, before);
  const again = new Float32Array(objective.dimension);
  objective.gradient(params, batch, again, statistics);
  t.deepEqual(again, out);
  t.true(statistics.every((value, k) => value !== before[k]));
  const scoredBefore = scores(objective, params, before).scores;
  t.notDeepEqual(scores(objective, params, statistics).scores, scoredBefore);
});

test('with the statistics of a batch, evaluation gives the training loss of that batch', (t) => {
  const data = synthetic('images', [16, 16, 1], 3, 6);
  const objective = models.cnn.create({})({ data: { ...data, test: data.train }, batch: 6 });
  const params = new Float32Array(objective.dimension);
  objective.initial(stream('initial'), params);
  const batch = objective.batch();
  batch.rows.set([0, 1, 2, 3, 4, 5]);
  batch.labels.set(data.train.labels);
  const statistics = new Float64Array(objective.statistics);
  objective.initialStatistics(statistics);
  const out = new Float32Array(objective.dimension);
  let loss = 0;
  const seen = new Float64Array(objective.statistics);
  // 0.9²⁰⁰ is below 1e-9: the statistics are the batch's.
  for (let k = 0; k < 200; k++) {
    loss = objective.gradient(params, batch, out, seen);
    objective.blend!(statistics, seen);
  }
  statistics.subarray(50).forEach((value, k, variances) => (variances[k] = (value * 5) / 6));
  t.true(Math.abs(scores(objective, params, statistics).scores.loss! - loss) < 1e-6);
});
