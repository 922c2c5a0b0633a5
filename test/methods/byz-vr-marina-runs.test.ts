import test from 'ava';
import type { SimulationEvent } from '../../src/engine/event.js';
import { simulate } from '../../src/engine/simulate.js';
import type { World } from '../../src/engine/world.js';
import type { Run } from '../../src/scenario/build.js';
import { build, refusal, smallBut } from '../scenario/small-scenario.js';

type Changes = Readonly<Record<string, unknown>>;

const logistic = { kind: 'logistic', l2: 0.1 };
const gaussian = { kind: 'gaussian', rows: 60, testRows: 10, features: 3 };
const digits = { kind: 'digits', train: 60, test: 60 };
const method = { kind: 'byz-vr-marina-pp', lr: 0.02, probability: 0.3, sample: 3, fullSample: 5, clip: 1 };
const base = {
  learn: { data: gaussian, model: logistic, batch: 8 },
  workers: { count: 8, byzantine: 3 },
  network: { compute: 1 },
  protocol: 'synchronous',
  attack: 'none',
  method,
  aggregator: 'cwmed',
  stop: { steps: 60 },
};

const run = async (changes: Changes, watch?: (event: SimulationEvent, world: World, run: Run) => void) => {
  const built = await build(smallBut({ ...base, ...changes }));
  let world: World | undefined;
  const events: SimulationEvent[] = [];
  await new Promise<void>((resolve, reject) => {
    simulate(built.plan, built.protocol, undefined, (each) => (world = each)).subscribe({
      next: (event) => {
        events.push(event);
        if (world) watch?.(event, world, built);
      },
      error: reject,
      complete: resolve,
    });
  });
  return { events, world: world!, ...built };
};

const scoresOf = (events: readonly SimulationEvent[]) =>
  events.flatMap((event) => (event.kind === 'evaluated' ? [event.scores] : []));

test('what the noise of a sample adds at both models alike is in no difference: on a quadratic it is gradient descent', async (t) => {
  const learn = { model: { kind: 'quadratic', dimension: 4, condition: 8, noise: 5 } };
  const workers = { count: 8, byzantine: 0 };
  const { world } = await run({ learn, workers, method: { ...method, lr: 0.4, clip: 'none' } });
  for (let k = 0; k < 4; k++) t.true(Math.abs(world.model[k]! - (1 - 0.4 * 8 ** (-k / 3)) ** 60) <= 1e-14);
});

for (const partition of ['shared', 'iid'])
  test(`full gradients are each worker’s own over its whole share, with flipped labels if it lies: ${partition}`, async (t) => {
    let [honest, flipped] = [0, 0];
    const given = { learn: { ...base.learn, partition }, attack: 'label-flip', workers: { count: 8, byzantine: 4 } };
    await run(given, (event, world, { plan }) => {
      if (event.kind !== 'received' || (world.roundServer!.run.state.full as Float64Array)[0] === 0) return;
      const { rows, labels, noise } = plan.objective.whole!(plan.workers[event.worker - 1]!.share);
      const out = new Float64Array(plan.objective.dimension);
      const seen = event.byzantine ? labels.map((label) => 1 - label) : labels;
      const loss = plan.objective.gradient(world.model, { rows, labels: seen, noise }, out);
      const sent = world.inbox.held(event.worker - 1);
      t.true(out.every((value, k) => Math.abs(value - sent[k]!) <= 1e-14));
      t.true(Math.abs(event.loss - loss) <= 1e-14);
      if (event.byzantine) flipped += 1;
      else honest += 1;
    });
    t.true(honest > 20 && flipped > 20);
  });

test('a message has the size that its own round gives it, also when it comes too late', async (t) => {
  const protocol = { kind: 'synchronous', quorum: 2 };
  const compute = 'exponential(1)';
  for (const compression of [{ kind: 'randk', k: 1 }, { kind: 'l2-quantization' }]) {
    const costs = new Map<number, number>();
    const late = { full: 0, differences: 0 };
    const { events } = await run({ protocol, network: { compute, compression }, stop: { steps: 200 } });
    for (const event of events) {
      if (event.kind === 'assigned') costs.set(event.worker, event.gradients ?? 1);
      if (event.kind !== 'received' && event.kind !== 'dropped') continue;
      const full = costs.get(event.worker) === 8;
      // 4 float64 numbers are 32 bytes, one with its index 9; a norm, and at most 4 indices with signs, 8 to 10.
      if (full) t.is(event.bytes, undefined);
      else if (compression.kind === 'randk') t.is(event.bytes, 9);
      else t.true(event.bytes! >= 8 && event.bytes! <= 10);
      if (event.kind === 'dropped') late[full ? 'full' : 'differences'] += 1;
    }
    t.true(late.full > 5 && late.differences > 5, JSON.stringify(late));
  }
});

test('biased compressors are refused', async (t) => {
  const network = { compute: 1, compression: { kind: 'topk', k: 1 } };
  t.is(
    await refusal(() => build(smallBut({ ...base, network }))),
    'method: byz-vr-marina-pp needs an unbiased compressor, such as randk or l2-quantization, since errors of differences add up from round to round',
  );
});

test('networks need a large minibatch in place of a full gradient, and learn with it', async (t) => {
  const models = [{ kind: 'mlp', hidden: [8] }, { kind: 'cnn' }];
  for (const model of models) {
    const learn = { data: digits, model, batch: 4 };
    t.is(
      await refusal(() => build(smallBut({ ...base, learn }))),
      'method.fullBatch: this model’s gradients can’t be taken of a whole share at once, so b′, the rows of a large minibatch, must be given',
    );
    const { events, world, plan } = await run({
      learn,
      method: { ...method, lr: 0.1, fullBatch: 16 },
      stop: { steps: 4 },
    });
    const losses = scoresOf(events).map(({ loss }) => loss!);
    // The statistics of batch normalisation need more than a few steps until they are those of the model.
    if (model.kind === 'mlp') t.true(losses.at(-1)! < losses[0]!, losses.join());
    t.true(losses.every((loss) => loss < 5));
    t.true(events.some((event) => event.kind === 'assigned' && event.gradients === 4));
    const initial = new Float32Array(plan.objective.statistics);
    plan.objective.initialStatistics(initial);
    t.true(model.kind === 'mlp' || world.statistics.filter((value, k) => value !== initial[k]).length > 10);
  }
  const learn = { data: digits, model: { kind: 'softmax' }, batch: 4 };
  for (const given of [{}, { fullBatch: 16 }]) {
    const { events } = await run({ learn, method: { ...method, lr: 0.01, clip: 10, ...given } });
    const losses = scoresOf(events).map(({ loss }) => loss!);
    t.true(losses.at(-1)! < losses[0]! / 1.1, losses.join());
  }
});

test('attacks that shift a momentum are refused, since a message is no mean of gradients', async (t) => {
  const said = await refusal(() => build(smallBut({ ...base, attack: 'momentum-tailored' })));
  t.is(
    said,
    'attack: momentum-tailored needs alpha, the share of the newest gradient in what a worker sends: the method has no fixed one',
  );
});

/** The paper's experiment on generated data: 15 good workers, 5 Byzantine, 4 called, and more than half of those at times. */
const paper = {
  learn: {
    data: { kind: 'gaussian', rows: 200, testRows: 10, features: 4 },
    ...{ model: { kind: 'logistic', l2: 0.05, bias: false }, batch: 8 },
  },
  workers: { count: 20, byzantine: 5 },
  attack: 'shift-back',
  aggregator: [{ kind: 'bucketing', size: 2 }, 'cwmed'],
  measure: { optimum: true, every: '500 steps' },
  stop: { steps: 2000 },
};

test('clipping makes it converge where samples have Byzantine majorities; without, it is led back', async (t) => {
  const gapOf = async (clip: number | 'none'): Promise<number> => {
    const marina = { kind: 'byz-vr-marina-pp', lr: 0.05, sample: 4, clip };
    const { events } = await run({ ...paper, method: marina });
    return scoresOf(events).at(-1)!.suboptimality!;
  };
  t.true((await gapOf(1)) < 1e-10);
  t.true((await gapOf('none')) > 1e-2);
});
