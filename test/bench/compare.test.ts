import { join } from 'node:path';
import test from 'ava';
import { geometricMean, meanRow } from '../../bench/byzfl.js';
import { compare, compareAll, type Comparison } from '../../bench/compare.js';
import type { Peer } from '../../bench/peer.js';
import { relativeDifference } from '../../bench/relative-difference.js';
import { writeFloats } from '../../bench/tasks/files.js';
import type { Answer, Task } from '../../bench/tasks/request.js';
import { folder } from '../cli/process.js';

const task: Task = { task: 'rule', rule: 'median', vectors: 'x', rows: 3, dimension: 2, weights: [1, 1, 1], f: 1 };

/** A peer that takes so many seconds and gives this. */
const peer = (name: string, seconds: number, gives?: readonly number[]): Peer => ({
  name,
  version: '1',
  ask: ({ result }) => {
    if (result && gives) writeFloats(result, gives);
    return Promise.resolve({ seconds, all: [seconds] });
  },
  close: () => undefined,
});

const answering = (name: string, answer: Answer): Peer => ({ ...peer(name, 0), ask: () => Promise.resolve(answer) });

const comparison: Comparison = { name: 'median', ours: task, ratioAtMost: { NumPy: 0.5 } };

test('a row for each peer: ratio, distance of the results, and the limit that is about it', async (t) => {
  const peers = [peer('NumPy', 0.02, [0, 4]), peer('PyTorch', 0.04)];
  t.deepEqual(await compare(comparison, peer('ours', 0.01, [3, 4]), peers, await folder(t)), [
    {
      name: 'median',
      value: 10,
      unit: 'ms',
      ratio: 0.5,
      peer: 'NumPy',
      difference: 0.75,
      ratioAtMost: 0.5,
    },
    { name: 'median', value: 10, unit: 'ms', ratio: 0.25, peer: 'PyTorch' },
  ]);
});

test('a peer that isn’t here, fails, or gives something else is skipped, and one without the task left out', async (t) => {
  const peers = [
    { name: 'NumPy', absent: 'NumPy isn’t installed' },
    answering('PyTorch', { error: 'no memory' }),
    answering('earlier version', { unknown: true }),
    peer('plain loops', 1, [1, 2, 3]),
  ];
  const rows = await compare(comparison, peer('ours', 0.01, [3, 4]), peers, await folder(t));
  t.deepEqual(
    rows.map(({ skipped }) => skipped),
    ['NumPy isn’t installed', 'PyTorch failed: no memory', 'the result of plain loops can’t be compared with ours'],
  );
});

test('without peers, what is measured is our time alone', async (t) => {
  const rows = await compare(comparison, peer('ours', 0.01), [], await folder(t));
  t.deepEqual(rows, [{ name: 'median', value: 10, unit: 'ms' }]);
});

test('there is no row where we don’t have the task, and an error where we fail', async (t) => {
  const at = join(await folder(t));
  t.deepEqual(await compare(comparison, answering('ours', { unknown: true }), [peer('NumPy', 1)], at), []);
  await t.throwsAsync(compare(comparison, answering('ours', { error: 'no memory' }), [], at), {
    message: 'median: no memory',
  });
});

test('results of other tasks aren’t compared', async (t) => {
  const rows = await compare(
    { ...comparison, theirs: { name: 'w-RFA', task: { ...task, rule: 'w-rfa' } } },
    peer('ours', 0.01, [3, 4]),
    [peer('NumPy', 0.02, [9, 9])],
    await folder(t),
  );
  t.is(rows[0]!.difference, undefined);
  t.is(rows[0]!.name, 'median, beside w-RFA');
});

test('ourselves in another form do what we do, whatever the peers do', async (t) => {
  const asked: string[] = [];
  const noting = (name: string): Peer => ({
    ...peer(name, 3),
    ask: (request) => {
      if (request.task === 'rule') asked.push(`${name} ${request.rule}`);
      return Promise.resolve({ seconds: 3, all: [3] });
    },
  });
  const theirs = { name: 'w-RFA', task: { ...task, rule: 'w-rfa' } as Task };
  const rows = await compareAll(
    { ...comparison, theirs },
    noting('ours'),
    [noting('NumPy')],
    [noting('plain loops')],
    await folder(t),
  );
  t.deepEqual(asked, ['ours median', 'NumPy w-rfa', 'ours median', 'plain loops median']);
  t.deepEqual(
    rows.map(({ name, peer, ratioAtMost }) => [name, peer, ratioAtMost]),
    [
      ['median, beside w-RFA', 'NumPy', 0.5],
      ['median', 'plain loops', undefined],
    ],
  );
});

test('the distance of two results is a share of the second one’s length', (t) => {
  t.is(relativeDifference([3, 4], [3, 4]), 0);
  t.is(relativeDifference([0, 0], [3, 4]), 1);
  t.is(relativeDifference([1], [1, 2]), NaN);
});

test('the geometric mean is of the rules that have a ratio', (t) => {
  const row = (value: number, ratio?: number) => ({
    name: '',
    value,
    unit: 'ms',
    ...(ratio ? { ratio, peer: 'NumPy' } : {}),
  });
  const [mean] = meanRow('here', [row(2, 0.1), row(8, 0.4), row(100)]);
  t.is(mean!.name, 'geometric mean of 2 rules here');
  t.true(Math.abs(mean!.ratio! - 0.2) < 1e-15);
  t.true(Math.abs(mean!.value - 4) < 1e-12);
  t.deepEqual(meanRow('nowhere', [row(100)]), []);
  t.is(geometricMean([7]).toFixed(12), '7.000000000000');
});
