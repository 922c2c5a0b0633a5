import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { ending, folderWithTiny, list, read, readJson, seen, start, tardigrade } from './process.js';

type Json = Readonly<Record<string, unknown>>;

test.serial(
  'replications have seeds of their own, whole folders, and intervals in summary, table and figure',
  async (t) => {
    const cwd = await folderWithTiny(t, { replications: 3, compare: { plain: { aggregator: 'mean' } } });
    const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
    t.is(code, 0, stderr);
    t.regex(stdout, /tiny +50 .*±/);
    for (const run of [['out'], ['out', 'compare', 'plain']]) {
      t.deepEqual(await list(cwd, ...run, 'replication'), ['2', '3']);
      t.like(await readJson(cwd, ...run, 'manifest.json'), { seed: 1, replication: 1, status: 'finished' });
      const whole = await readJson(cwd, ...run, 'summary.json');
      t.like(whole.replications, { count: 3, seeds: [1, 2, 3], stuck: 0 });
      const finals: number[] = [];
      for (const [i, folder] of [[], ['replication', '2'], ['replication', '3']].entries()) {
        const { seed, final } = (await readJson(cwd, ...run, ...folder, 'summary.json')) as {
          seed: number;
          final: Json;
        };
        t.is(seed, 1 + i);
        finals.push(final.error as number);
      }
      t.is(new Set(finals).size, 3);
      const { final } = whole.replications as { final: Readonly<Record<string, { mean: number; halfWidth: number }>> };
      t.true(Math.abs(final.error!.mean - (finals[0]! + finals[1]! + finals[2]!) / 3) < 1e-12);
      t.true(final.error!.halfWidth > 0);
    }
    t.like(await readJson(cwd, 'out', 'replication', '3', 'manifest.json'), { seed: 3, replication: 3 });
    t.regex(await read(cwd, 'out', 'figure.svg'), /opacity="0.18"/);
  },
);

test.serial('a replication’s scenario is a single run of the same bits, and one replication is none', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 2, measure: { timeline: '1s' } });
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet')).code, 0);
  const again = await tardigrade(cwd, 'run', 'out/replication/2/scenario.yaml', '--out', 'again', '--quiet', '--json');
  const { traceHash, configHash } = JSON.parse(again.stdout) as Json;
  t.like(await readJson(cwd, 'out', 'replication', '2', 'summary.json'), { traceHash, configHash });
  t.false((await list(cwd, 'again')).includes('replication'));
  const single = await tardigrade(
    cwd,
    'run',
    'tiny.yaml',
    'seed=2',
    'replications=1',
    '--out',
    'one',
    '--quiet',
    '--json',
  );
  t.like(JSON.parse(single.stdout), { traceHash, configHash });
  t.is((await readJson(cwd, 'one', 'manifest.json')).replication, 0);
});

test.serial('what an earlier run’s replications left is gone', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 3, compare: { other: { aggregator: 'mean' } } });
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet')).code, 0);
  await writeFile(join(cwd, 'out', 'replication', '3', 'notes.txt'), 'mine');
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', 'replications=1', 'compare={}', '--out', 'out', '--quiet')).code, 0);
  t.deepEqual(await list(cwd, 'out', 'replication'), ['3']);
  t.deepEqual(await list(cwd, 'out', 'replication', '3'), ['notes.txt']);
  t.false((await list(cwd, 'out')).includes('compare'));
});

test.serial('an interrupt leaves whole folders, and the replications that had ended are summed up', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 1000, stop: { steps: 20_000 } });
  const child = start(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  const ended = ending(child);
  await seen(cwd, (file) => file === 'out');
  await seen(join(cwd, 'out'), (file) => file === 'replication');
  await seen(join(cwd, 'out', 'replication'), (file) => file === '4');
  child.kill('SIGINT');
  t.is((await ended).code, 130);
  t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'interrupted');
  const { replications } = (await readJson(cwd, 'out', 'summary.json')) as { replications: { count: number } };
  let finished = 1;
  for (const folder of await list(cwd, 'out', 'replication')) {
    const { status } = await readJson(cwd, 'out', 'replication', folder, 'manifest.json');
    if (status === 'finished') finished += 1;
  }
  t.true(finished >= 3);
  t.is(replications.count, finished);
});

test.serial('a replication that is stuck is named, and spoils the scores', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 2, network: { compute: 1, loss: 1 } });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 3);
  t.regex(
    stderr,
    /^tardigrade: the simulation "tiny, replication 1 of 2" cannot go on: .*\ntardigrade: the simulation "tiny, replication 2 of 2" cannot go on: .*\n$/,
  );
  const { replications } = await readJson(cwd, 'out', 'summary.json');
  t.like(replications, { count: 2, stuck: 2, final: { error: { mean: null, halfWidth: null } } });
});

test.serial('a sweep follows the scenario’s replications, and refuses to be told twice', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 2, study: { grid: { 'method.lr': [0.1, 0.2] } } });
  const { code, stdout } = await tardigrade(cwd, 'sweep', 'tiny.yaml', '--out', 'out', '--quiet', '--json');
  t.is(code, 0);
  t.is((JSON.parse(stdout) as { cells: number }).cells, 4);
  t.is((await list(cwd, 'out', 'cells')).length, 4);
  const twice = await tardigrade(cwd, 'sweep', 'tiny.yaml', 'study.replications=3', '--out', 'no', '--quiet');
  t.is(twice.code, 2);
  t.regex(
    twice.stderr,
    /study\.replications: found 3, and 2 in replications of the scenario itself, .*give one of them up\n$/,
  );
});

test.serial('a run without a clock, and one by gradients, are replicated too', async (t) => {
  const cwd = await folderWithTiny(t, { replications: 2, stop: { gradients: 60 }, measure: { against: 'gradients' } });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 0, stderr);
  t.regex(await read(cwd, 'out', 'figure.svg'), /gradient evaluations \(minibatches\)/);
  const last = JSON.parse((await read(cwd, 'out', 'metrics.jsonl')).trim().split('\n').at(-1)!) as Json;
  t.true((last.gradients as number) >= 60 && !('passes' in last));
});
