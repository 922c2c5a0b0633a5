import test from 'ava';
import { memoryNeeded } from '../../../src/engine/memory-needed.js';
import { simd } from '../../../src/kernels/index.js';
import { newVector } from '../../../src/kernels/vector.js';
import type { Dataset } from '../../../src/learning/dataset.js';
import type { Batch, Objective } from '../../../src/learning/objective.js';
import { makeObjective } from '../../../src/scenario/build/make-objective.js';
import { makeLearning } from '../../../src/scenario/build/make-learning.js';
import { loadData } from '../../../src/scenario/build/load-data.js';
import { seededRandom } from '../../../src/random/index.js';
import type { Scenario } from '../../../src/scenario/schema.js';
import { scores } from '../../learning/scores.js';
import { build, smallBut } from '../small-scenario.js';

const kernels = (await simd())!;
const digits = { kind: 'digits', train: 40, test: 30 };
const vectors = { kind: 'gaussian', rows: 40, testRows: 30 };
const surroundings = { directory: '/nowhere' };

const scenarioOf = (model: unknown, data: unknown, attack: unknown): Scenario =>
  smallBut({ learn: { data, model, batch: 4 }, attack });

const made = async (model: unknown, data: unknown, attack: unknown) => {
  const scenario = scenarioOf(model, data, attack);
  const honest = (await loadData(scenario, surroundings))!;
  return { scenario, honest, ...(await makeLearning(scenario, honest, surroundings, seededRandom(1))) };
};

/** A model near the start, and a sample of rows 1, 5, 7, 7. */
const some = (objective: Objective): { params: ReturnType<typeof newVector>; batch: Batch } => {
  const params = newVector(objective.precision, objective.dimension);
  const random = seededRandom('params');
  objective.initial(random, params);
  for (let k = 0; k < params.length; k++) params[k]! += 0.1 * (random.next() - 0.5);
  const batch = objective.batch();
  batch.rows.set([1, 5, 7, 7]);
  batch.labels.set([1, 0, 1, 0]);
  return { params, batch };
};

/** The data with its falsified rows in the place of the honest ones. */
const replaced = (data: Dataset): Dataset => {
  const { inputs, count } = data.train;
  if (inputs.kind !== 'dense') throw new Error('These data are dense.');
  return {
    ...data,
    train: { ...data.train, inputs: { ...inputs, values: inputs.values.slice(count * inputs.features) } },
  };
};

for (const [model, data, attack] of [
  ['linear', vectors, 'feature-noise'],
  ['logistic', vectors, 'feature-noise'],
  ['logistic', vectors, 'backdoor'],
  ['softmax', digits, 'backdoor'],
  ['mlp', digits, 'feature-noise'],
  ['mlp', vectors, 'backdoor'],
  ['cnn', digits, { kind: 'backdoor', corner: 'top-left', size: 5 }],
  ['cnn', digits, 'feature-noise'],
] as const)
  test(`${model} under ${JSON.stringify(attack)}: naming a falsified row is learning from it, in any kernels`, async (t) => {
    const { scenario, honest, learned, objective, place } = await made(model, data, attack);
    t.is(learned!.train.count, honest.train.count);
    t.is(learned!.train.labels, honest.train.labels);
    const reference = (await makeObjective(scenario, replaced(learned!))).objective;
    const { params, batch } = some(objective);
    const expected = newVector(objective.precision, objective.dimension);
    const loss = reference.gradient(params, batch, expected);
    for (let i = 0; i < 4; i++) batch.rows[i]! += honest.train.count;
    const out = newVector(objective.precision, objective.dimension);
    t.is(objective.gradient(params, batch, out), loss);
    t.deepEqual(out, expected);

    const placed = kernels.create(1 << 28);
    const fast = place(placed);
    const [here, there] = [0, 0].map(() => placed.memory.vector(objective.precision, objective.dimension));
    here!.set(params);
    const near = fast.gradient(here!, batch, there!);
    t.true(Math.abs(near - loss) < 1e-5 * Math.max(1, Math.abs(loss)));
    const tolerance = (objective.precision === 'float32' ? 1e-4 : 1e-9) * Math.max(...expected.map(Math.abs));
    t.true(there!.every((value, k) => Math.abs(value - expected[k]!) <= tolerance));
  });

test('whoever draws rows draws honest ones', async (t) => {
  const { objective, honest } = await made('softmax', digits, 'backdoor');
  const random = seededRandom('rows');
  const batch = objective.batch();
  for (let i = 0; i < 200; i++) {
    objective.draw(random, null, batch);
    t.true(batch.rows.every((row) => row < honest.train.count));
  }
});

test('the score backdoor is the share of the other classes’ test images that become the target with the patch', async (t) => {
  const { objective, honest } = await made('softmax', digits, { kind: 'backdoor', target: 3, size: 2, value: 9 });
  const { params } = some(objective);
  const { inputs, labels, count } = honest.test;
  if (inputs.kind !== 'dense') throw new Error('Digits are dense.');
  let others = 0;
  let taken = 0;
  for (let row = 0; row < count; row++) {
    if (labels[row] === 3) continue;
    const image = inputs.values.slice(row * 784, (row + 1) * 784);
    for (const pixel of [754, 755, 782, 783]) image[pixel] = 9;
    const says = Array.from({ length: 10 }, (_, k) =>
      image.reduce((sum, value, i) => sum + value * params[k * 784 + i]!, params[7840 + k]!),
    );
    others++;
    if (says.indexOf(Math.max(...says)) === 3) taken++;
  }
  t.is(scores(objective, params).scores.backdoor, taken / others);
  t.true(taken > 0 && taken < others, `${taken} of ${others}`);
  t.deepEqual(objective.metric, { name: 'accuracy', better: 'more' });
});

test('only an attack on features takes memory for falsified rows, and only one with an aim scores it', async (t) => {
  const needed = async (attack: unknown): Promise<number> => {
    const { plan } = await build(scenarioOf('softmax', digits, attack));
    t.deepEqual(plan.objective.beside, (attack as { kind: string }).kind === 'backdoor' ? ['backdoor'] : undefined);
    return memoryNeeded(plan).linear;
  };
  const honest = await needed({ kind: 'none' });
  t.is(await needed({ kind: 'label-flip' }), honest);
  t.is(await needed({ kind: 'random-labels' }), honest);
  t.is(await needed({ kind: 'feature-noise' }), honest + 40 * 784 * 4);
  // The 27 test images that aren't zeros, too, and what is needed to score them.
  const backdoor = await needed({ kind: 'backdoor' });
  t.true(backdoor >= honest + (40 + 27) * 784 * 4 && backdoor < honest + (40 + 27) * 784 * 4 + 20_000);
});

test('the same seed gives the same noise, another one another', async (t) => {
  const scenario = scenarioOf('mlp', vectors, 'feature-noise');
  const data = await loadData(scenario, surroundings);
  const of = async (seed: number) =>
    (await makeLearning(scenario, data, surroundings, seededRandom(seed))).learned!.train.inputs.values;
  t.deepEqual(await of(1), await of(1));
  t.notDeepEqual(await of(1), await of(2));
});
