import test from 'ava';
import type { Kernels } from '../../../src/kernels/index.js';
import type { Dataset } from '../../../src/learning/dataset.js';
import { models } from '../../../src/learning/index.js';
import type { Objective } from '../../../src/learning/objective.js';
import { bothKernels } from '../../kernels/both.js';
import { relativeDistance } from '../finite-differences.js';
import { scores } from '../scores.js';
import { synthetic } from '../synthetic.js';
import { prepare } from './prepare.js';

const both = bothKernels(1 << 28);

const cnn = (data: Dataset, batch: number, kernels: Kernels) => models.cnn.create({})({ data, batch, kernels });
const mlp = (data: Dataset, batch: number, kernels: Kernels) =>
  models.mlp.create({ hidden: [64] })({ data, batch, kernels });

/** A gradient at fresh parameters with both kernels, on the same sample. */
const gradients = (make: (kernels: Kernels) => Objective, seed: string) =>
  [both.plain, both.simd].map((kernels) => {
    const objective = make(kernels);
    const { params, batch, out } = prepare(objective, seed);
    return { loss: objective.gradient(params, batch, out), out };
  });

for (const seed of ['a', 'b', 'c', 'd'])
  test(`SIMD gives the plain gradient of a batch of 16, to 1e-5: ${seed}`, (t) => {
    const data = synthetic(`digits ${seed}`, [28, 28, 1], 10, 40);
    for (const model of [cnn, mlp]) {
      const [slow, fast] = gradients((kernels) => model(data, 16, kernels), seed);
      t.true(Math.abs(fast!.loss - slow!.loss) < 1e-6);
      const distance = relativeDistance(fast!.out, slow!.out);
      t.true(distance < 1e-5, `relative distance ${distance}`);
    }
  });

test('vectors in the kernels’ memory and elsewhere give the same bits', (t) => {
  const { memory } = both.simd;
  const objective = cnn(synthetic('digits', [28, 28, 1], 10), 4, both.simd);
  const { params, batch, out } = prepare(objective, 'memory');
  const [held, heldOut] = [memory.float32(objective.dimension), memory.float32(objective.dimension)];
  held.set(params);
  t.is(objective.gradient(held, batch, heldOut), objective.gradient(params, batch, out));
  t.deepEqual(heldOut, out);
  const wide = new Float64Array(objective.dimension);
  objective.gradient(Float64Array.from(params), batch, wide);
  t.deepEqual(Float32Array.from(wide), out);
});

for (const kernels of [both.plain, both.simd]) {
  test(`${kernels.kind}: gradients at one model are those taken one by one`, (t) => {
    const objective = cnn(synthetic('digits', [28, 28, 1], 10), 4, kernels);
    const { params, batch, out } = prepare(objective, 'first');
    const other = prepare(objective, 'second');
    const requests = [batch, other.batch].map((each) => ({
      ...{ batch: each, out: new Float32Array(objective.dimension), seen: null, loss: NaN },
    }));
    objective.gradients!(params, requests);
    t.is(requests[0]!.loss, objective.gradient(params, batch, out));
    t.is(requests[1]!.loss, objective.gradient(params, other.batch, other.out));
    t.deepEqual(requests[0]!.out, out);
    t.deepEqual(requests[1]!.out, other.out);
  });

  test(`${kernels.kind}: a gradient taken during an evaluation leaves the scores alone`, (t) => {
    const data = synthetic('digits', [28, 28, 1], 10, 450);
    const objective = cnn({ ...data, test: data.train }, 4, kernels);
    const { params, batch, out } = prepare(objective, 'evaluated');
    const elsewhere = prepare(objective, 'elsewhere').params;
    const statistics = new Float64Array(objective.statistics);
    objective.initialStatistics(statistics);
    const evaluation = objective.evaluate(params, statistics);
    let slice = evaluation.next();
    for (; slice.done !== true; slice = evaluation.next()) objective.gradient(elsewhere, batch, out);
    t.deepEqual(slice.value, scores(objective, params, statistics).scores);
  });

  test(`${kernels.kind}: a model that isn’t made of numbers has no loss`, (t) => {
    const objective = cnn(synthetic('digits', [28, 28, 1], 10), 4, kernels);
    for (const [place, value] of [
      [3, NaN],
      [600, Infinity],
      [30_000, NaN],
    ] as const) {
      const { params, batch, out } = prepare(objective, 'broken');
      params[place] = value;
      t.true(Number.isNaN(objective.gradient(params, batch, out)), `parameter ${place}`);
    }
  });
}
