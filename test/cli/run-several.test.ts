import test from 'ava';
import { folderWithTiny, read, readJson, tardigrade, tiny } from './process.js';

test.serial('where several runs are asked for, the one that is stuck is named', async (t) => {
  const bad = { 'network.loss': 1 };
  const compare = { bad, good: { aggregator: 'mean' }, worse: { ...bad, 'stop.steps': 9 } };
  const cwd = await folderWithTiny(t, { compare });
  const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet', '--json');
  t.is(code, 3);
  t.regex(
    stderr,
    /^tardigrade: the simulation "bad" cannot go on: nothing is left to happen.*\ntardigrade: the simulation "worse" cannot go on: .*\n$/,
  );
  const statuses = ['stuck', 'finished', 'stuck'];
  for (const [i, name] of Object.keys(compare).entries())
    t.is((await readJson(cwd, 'out', 'compare', name, 'manifest.json')).status, statuses[i]);
  t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'stuck');
  const summary = JSON.parse(stdout) as { status: string; compare: Readonly<Record<string, { status: string }>> };
  t.is(summary.status, 'stuck');
  t.deepEqual(
    Object.values(summary.compare).map(({ status }) => status),
    statuses,
  );
});

test.serial('runs that are compared with one that is stuck are made all the same', async (t) => {
  const compare = { good: { 'network.loss': 0 } };
  const cwd = await folderWithTiny(t, { compare, network: { ...tiny.network, loss: 1 } });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 3);
  t.regex(stderr, /^tardigrade: the simulation "tiny" cannot go on: [^\n]*\n$/);
  t.is((await readJson(cwd, 'out', 'compare', 'good', 'manifest.json')).status, 'finished');
  t.true((await read(cwd, 'out', 'figure.svg')).includes('good'));
});

test.serial('entries of a script that the run ends before are told', async (t) => {
  const script = ['at 5 steps: lr becomes 0.05', 'at 1 min: lr becomes 0.01', 'at 2 min: worker 1 turns byzantine'];
  const cwd = await folderWithTiny(t, { script });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 0);
  t.regex(
    stderr,
    /^tardigrade: the run ended after 50 steps, at [\d.]+ ms, before script\.1 \(1 min\), which didn't happen, nor did 1 more of the script\n$/,
  );
  const several = await tardigrade(cwd, 'run', 'tiny.yaml', 'compare={long: {stop: {time: 3 min}}}', '--quiet');
  t.is(several.code, 0);
  t.regex(several.stderr, /^tardigrade: the run "tiny" ended after 50 steps, [^\n]*\n$/);
  const reached = await tardigrade(cwd, 'run', 'tiny.yaml', 'script=[at 5 steps: lr becomes 0.05]', '--quiet');
  t.deepEqual([reached.code, reached.stderr], [0, '']);
});

test.serial('a run that gradients end before its warm-up of steps is told', async (t) => {
  const cwd = await folderWithTiny(t, { stop: { gradients: 30 }, measure: { warmup: '90 steps' } });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
  t.is(code, 0);
  t.regex(
    stderr,
    /^tardigrade: the run ended after \d+ steps, before its warm-up of 90 steps; statistics after it are empty\n$/,
  );
});
