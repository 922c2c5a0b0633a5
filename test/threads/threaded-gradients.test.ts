import test from 'ava';
import { lastValueFrom } from 'rxjs';
import { simulate } from '../../src/engine/simulate.js';
import { plain, simd } from '../../src/kernels/index.js';
import { models } from '../../src/learning/index.js';
import type { ObjectiveSpec } from '../../src/learning/objective-spec.js';
import { readWith, traceHash } from '../../src/report/index.js';
import { buildRun } from '../../src/scenario/build.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import type { Threads } from '../../src/scenario/surroundings.js';
import { gradientThread, type GradientThread } from '../../src/threads/gradient-threads.js';
import { sharedDataset, threadedGradients } from '../../src/threads/index.js';
import { slotAt, slotBytes, slotState, type Slot, type SlotShape } from '../../src/threads/slot.js';

const fast = await simd();

const scenario = (changes: object = {}) =>
  resolveScenario({
    name: 'threads',
    learn: { data: { kind: 'digits', train: 200, test: 40 }, model: 'cnn', batch: 4 },
    workers: { count: 7, byzantine: 3, speed: 'id^2' },
    network: { compute: 'exponential(1 / speed)' },
    method: { kind: 'mu2-sgd', lr: 0.02, beta: 0.25, gamma: 0.1 },
    aggregator: { kind: 'ctma', lambda: 0.4, base: 'gm' },
    attack: 'label-flip',
    stop: { steps: 30 },
    measure: { every: '1000 steps' },
    ...changes,
  });

/** How the threads beside the simulation's own are made. */
type Start = typeof gradientThread;

const hashOf = async (
  count: number,
  changes: object = {},
  start: Start = gradientThread,
  seen: (world: { close(): void }) => void = () => undefined,
): Promise<string> => {
  const threads: Threads = { count, share: sharedDataset, gradients: (spec) => threadedGradients(count, spec, start) };
  const { plan, protocol } = await buildRun(scenario(changes), { directory: '/nowhere', threads });
  return lastValueFrom(simulate(plan, protocol, undefined, seen).pipe(readWith(traceHash)));
};

/** Tells of every job that a thread is asked for. */
const counted = (thread: GradientThread, tell: () => void): GradientThread => ({
  ...thread,
  ask: (slot) => {
    tell();
    thread.ask(slot);
  },
});

const alone = async (changes: object = {}): Promise<string> => {
  const { plan, protocol } = await buildRun(scenario(changes), { directory: '/nowhere' });
  return lastValueFrom(simulate(plan, protocol).pipe(readWith(traceHash)));
};

test('the trace is that of one thread, whatever the number of threads', async (t) => {
  const expected = await alone();
  let asked = 0;
  const counting: Start = (...made) => {
    const thread = gradientThread(...made);
    return counted(thread, () => asked++);
  };
  t.is(await hashOf(1), expected);
  t.is(await hashOf(2, {}, counting), expected);
  t.is(await hashOf(4, {}, counting), expected);
  t.log(`${asked} gradients were taken in other threads`);
});

test('workers that turn are the same in any number of threads', async (t) => {
  const optimal = { kind: 'optimal', attack: 'little', evaluations: 4 };
  for (const attack of ['label-flip', 'little', 'backdoor', optimal, { kind: 'momentum-tailored', alpha: 0.2 }]) {
    const byzantine = { kind: 'bernoulli', p: 0.1, duration: '4 steps', cap: 3 };
    const changes = { attack, workers: { count: 7, byzantine, speed: 'id^2' }, stop: { steps: 20 } };
    const expected = await alone(changes);
    t.is(await hashOf(3, changes), expected);
  }
});

for (const compression of ['l2-quantization', { kind: 'randk', share: 0.1 }, { kind: 'topk', share: 0.1 }, 'sign'])
  test(`compressed messages are the same in any number of threads: ${JSON.stringify(compression)}`, async (t) => {
    for (const attack of ['label-flip', 'little']) {
      const way = { bandwidth: { up: 1e5 }, link: { capacity: 1e6 } };
      const changes = {
        attack,
        network: { compute: 'exponential(1 / speed)', ...way, compression },
        stop: { steps: 15 },
      };
      const expected = await alone(changes);
      t.is(await hashOf(3, changes), expected);
    }
  });

for (const attack of ['label-flip', 'random-labels', 'feature-noise', { kind: 'backdoor', share: 0.5 }])
  test(`threads that are up take gradients, and give the same: ${JSON.stringify(attack)}`, async (t) => {
    const changes = {
      attack,
      measure: { every: '10 steps' },
      learn: { data: { kind: 'digits', train: 200, test: 40 }, model: { kind: 'mlp', hidden: [8] }, batch: 2 },
      stop: { steps: 40 },
    };
    const expected = await alone(changes);
    let asked = 0;
    const started: GradientThread[] = [];
    const ready: Start = (...made) => {
      const thread = gradientThread(...made);
      started.push(thread);
      // The only way to know: a thread has room as soon as it is ready.
      const patience = new Int32Array(new SharedArrayBuffer(4));
      while (thread.free() === undefined) Atomics.wait(patience, 0, 0, 10);
      return counted(thread, () => asked++);
    };
    t.is(await hashOf(3, changes, ready), expected);
    t.is(started.length, 2);
    t.true(asked > 20, `${asked} of more than 40 gradients`);
  });

/** Takes gradients at once, as another thread would, or fails as `outcome` says. */
const pretended =
  (outcome: (call: number) => 'done' | 'failed'): Start =>
  (spec, kernels, shape) => {
    const slots = slotsOf(shape, 3);
    const { kind, ...options } = spec.model;
    const part = models[kind as 'mlp'];
    const source = kernels === 'simd' ? fast! : plain;
    const rule = part.create(options as never);
    const objective = rule({ data: spec.data, batch: spec.batch, kernels: source.create(1 << 26) });
    let calls = 0;
    return {
      free: () => slots.find(({ state }) => state[0] === slotState.free),
      ask: (slot) => {
        const state = outcome(++calls);
        if (state === 'done')
          slot.requests.forEach((request, i) => {
            const follows = i === 0 && slot.follows[0] === 1;
            slot.losses[i] = objective.gradient(slot.params, request.batch, request.out, follows ? slot.seen : null);
          });
        slot.state[0] = slotState[state];
      },
      abandon: () => undefined,
      close: () => undefined,
    };
  };

const slotsOf = (shape: SlotShape, count: number): readonly Slot[] => {
  const bytes = slotBytes(shape);
  const buffer = new SharedArrayBuffer(count * bytes);
  return Array.from({ length: count }, (_, i) => slotAt(shape, buffer, i * bytes));
};

for (const attack of ['none', 'sign-flip', 'little', 'label-flip'])
  test(`failures elsewhere don’t show: ${attack}`, async (t) => {
    const changes = { attack, stop: { steps: 40 }, workers: { count: 5, byzantine: attack === 'none' ? 0 : 2 } };
    const expected = await alone(changes);
    t.is(
      await hashOf(
        2,
        changes,
        pretended(() => 'failed'),
      ),
      expected,
    );
    t.is(
      await hashOf(
        3,
        changes,
        pretended((call) => (call % 3 === 0 ? 'failed' : 'done')),
      ),
      expected,
    );
  });

test('statistics are blended in the order of asking, however many batches are under way', async (t) => {
  // One worker so much faster than the others that its batches fill the queue while theirs wait.
  const changes = {
    workers: { count: 4, byzantine: 0, speed: '1 + 999 * (id == 4)' },
    stop: { steps: 60 },
    attack: 'none',
  };
  t.is(
    await hashOf(
      2,
      changes,
      pretended(() => 'done'),
    ),
    await alone(changes),
  );
});

test('threads are closed with the run', async (t) => {
  let closed = 0;
  const start: Start = (spec: ObjectiveSpec, kernels, shape) => ({
    ...pretended(() => 'done')(spec, kernels, shape),
    close: () => {
      closed++;
    },
  });
  await hashOf(4, { stop: { steps: 3 } }, start);
  t.is(closed, 3);
});

test('jobs in shared memory are told apart and keep what is written to them', (t) => {
  const shape: SlotShape = {
    ...{ precision: 'float32', dimension: 5, statistics: 2 },
    ...{ gradients: 2, rows: 3, labels: 3, noise: 1 },
  } as const;
  const [first, second] = slotsOf(shape, 2);
  first!.params.fill(1);
  first!.requests.forEach(({ out, batch }) => (out.fill(2), batch.labels.fill(3), batch.rows.fill(4)));
  t.deepEqual([...second!.params, ...second!.requests[0]!.out], new Array(10).fill(0));
  t.deepEqual([...first!.params], new Array(5).fill(1));
  t.deepEqual([...first!.requests[1]!.out], new Array(5).fill(2));
});
