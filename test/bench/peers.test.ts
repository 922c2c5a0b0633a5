import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ownPeer } from '../../bench/contenders.js';
import { pythonPeer, type Contender, type Peer } from '../../bench/peer.js';
import { numpy, pytorch } from '../../bench/python.js';
import { relativeDifference } from '../../bench/relative-difference.js';
import { readFloats, readImages, writeFloats, writeLabels } from '../../bench/tasks/files.js';
import type { Task } from '../../bench/tasks/request.js';
import { models } from '../../src/learning/index.js';
import { seededRandom } from '../../src/random/index.js';
import { folder } from '../cli/process.js';

const library = join(import.meta.dirname, '..', '..', 'src', 'index.js');

const contenders: Promise<readonly Contender[]> = Promise.all([
  ownPeer('ours', library, 'plain'),
  pythonPeer(numpy, 'numpy_peer.py'),
  pythonPeer(pytorch, 'torch_peer.py'),
]);

test.after.always(async () => {
  for (const contender of await contenders) if ('ask' in contender) contender.close();
});

/** The peers that are here of these, ours first; the others are told of in the log. */
const here = async (t: ExecutionContext, names: readonly string[]): Promise<readonly Peer[]> =>
  (await contenders).flatMap((contender) => {
    if (contender.name !== 'ours' && !names.includes(contender.name)) return [];
    if ('ask' in contender) return [contender];
    t.log(contender.absent);
    return [];
  });

/** What a task gives; undefined where the peer doesn't have it. */
const given = async (t: ExecutionContext, peer: Peer, task: Task): Promise<Float32Array | undefined> => {
  const result = join(await folder(t), 'result.f32');
  const answer = await peer.ask({ ...task, repeats: 2, result });
  if ('unknown' in answer) return undefined;
  t.true('seconds' in answer && answer.all.length === 2 && answer.seconds === Math.min(...answer.all), peer.name);
  return readFloats(result);
};

/** Five vectors in the plane: four around (1, 1), the last far away. */
const vectors = [0, 1, 1, 0, 2, 1, 1.5, 2.5, 100, -80];

/** What each rule makes of them with f = 1; those whose results aren't worked out by hand have none. */
const expected: Readonly<Record<string, readonly number[]>> = {
  average: [20.9, -15.1],
  median: [1.5, 1],
  'trimmed-mean': [1.5, 2 / 3],
  // The nearest n − f − 1 = 3 others: squared distances 2 + 4 + 4.5, 2 + 2 + 6.5, 4 + 2 + 2.5, 4.5 + 6.5 + 2.5.
  krum: [2, 1],
  'multi-krum': [1.125, 1.125],
  meamed: [1.125, 1.125],
  nnm: [1.125, 1.125, 1.125, 1.125, 1.125, 1.125, 1.125, 1.125, (100 + 1 + 2 + 1.5) / 4, (-80 + 0 + 1 + 2.5) / 4],
  mda: [1.125, 1.125],
  smea: [1.125, 1.125],
  // Only the last is longer than 100.
  'centred-clipping': [(4.5 + 100 * (100 / Math.hypot(100, 80))) / 5, (4.5 - 80 * (100 / Math.hypot(100, 80))) / 5],
  'w-cwmed': [1.5, 1],
};

const ruleTask = async (t: ExecutionContext, rule: string, more: Partial<Task> = {}): Promise<Task> => {
  const path = join(await folder(t), 'vectors.f32');
  writeFloats(path, vectors);
  const task = { task: 'rule', rule, vectors: path, rows: 5, dimension: 2, weights: [1, 2, 1, 2, 1], f: 1 } as const;
  return { ...task, ...more } as Task;
};

test('every peer’s rules do what their definitions say', async (t) => {
  const peers = await here(t, ['NumPy', 'PyTorch']);
  for (const [rule, value] of Object.entries(expected))
    for (const peer of peers) {
      const result = await given(t, peer, await ruleTask(t, rule));
      if (result) t.true(relativeDifference(result, value) < 1e-6, `${rule} of ${peer.name} is ${result.join()}`);
    }
});

test('rules without a closed form agree with ours', async (t) => {
  const [ours, ...peers] = await here(t, ['NumPy', 'PyTorch']);
  for (const rule of ['geometric-median', 'w-rfa']) {
    const own = await given(t, ours!, await ruleTask(t, rule));
    t.is(own?.length, 2);
    for (const peer of peers) {
      const result = await given(t, peer, await ruleTask(t, rule));
      if (result) t.true(relativeDifference(result, own!) < 1e-6, `${rule} of ${peer.name} is ${result.join()}`);
    }
  }
});

test('a rule is asked for again while one row after the other changes', async (t) => {
  const [ours] = await here(t, []);
  const result = await given(t, ours!, await ruleTask(t, 'average', { changing: true }));
  // The second row and the third are an eighth shorter by then.
  t.deepEqual(result, Float32Array.of(20.9 - 3 / 40, -15.1 - 1 / 40));
});

/** Files of 20 images of random values and of random parameters. */
const network = async (t: ExecutionContext) => {
  const at = await folder(t);
  const [images, labels, parameters] = ['images', 'labels', 'parameters'].map((name) => join(at, name));
  const random = seededRandom('peers');
  writeFloats(
    images!,
    Float32Array.from({ length: 20 * 784 }, () => random.next()),
  );
  writeLabels(
    labels!,
    Int32Array.from({ length: 20 }, () => Math.floor(10 * random.next())),
  );
  const objective = models.cnn.create({})({ data: readImages(images!, labels!), batch: 2 });
  const values = new Float32Array(objective.dimension);
  objective.initial(random.fork('parameters'), values);
  writeFloats(parameters!, values);
  return { images: images!, labels: labels!, parameters: parameters! };
};

test('PyTorch’s network is ours: the same gradient, the same accuracy', async (t) => {
  const [ours, torch] = await here(t, ['PyTorch']);
  const files = await network(t);
  const gradient = await given(t, ours!, { task: 'gradient', batch: 16, ...files });
  const accuracy = await given(t, ours!, { task: 'evaluate', batch: 200, ...files });
  t.is(gradient?.length, 66_230);
  t.is(accuracy?.length, 1);
  if (torch === undefined) return;
  t.true(relativeDifference((await given(t, torch, { task: 'gradient', batch: 16, ...files }))!, gradient!) < 1e-5);
  t.deepEqual(await given(t, torch, { task: 'evaluate', batch: 200, ...files }), accuracy);
});

test('both sides take whole steps', async (t) => {
  const peers = await here(t, ['PyTorch']);
  const { images, labels } = await network(t);
  for (const [i, peer] of peers.entries()) {
    const rule = i === 0 ? 'w-gm+ctma' : 'w-rfa';
    const task: Task = { task: 'step', rule, workers: 5, byzantine: 2, batch: 2, threads: 1, images, labels };
    const answer = await peer.ask({ ...task, repeats: 2, calls: 2 });
    t.true('seconds' in answer, JSON.stringify(answer));
  }
});

test('what a side doesn’t have, it says', async (t) => {
  for (const peer of await here(t, ['NumPy', 'PyTorch']))
    t.deepEqual(await peer.ask({ ...(await ruleTask(t, 'no such rule')), repeats: 1 }), { unknown: true });
});

test('a task that fails is answered by its error, and the next one by its time', async (t) => {
  for (const peer of await here(t, ['NumPy', 'PyTorch'])) {
    const missing = { ...(await ruleTask(t, 'average')), vectors: '/nowhere.f32' } as Task;
    t.true('error' in (await peer.ask({ ...missing, repeats: 1 })), peer.name);
    t.true('seconds' in (await peer.ask({ ...(await ruleTask(t, 'average')), repeats: 1 })), peer.name);
  }
});
