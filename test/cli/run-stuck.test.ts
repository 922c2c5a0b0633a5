import test from 'ava';
import { folderWithTiny, list, readJson, tardigrade } from './process.js';

const files = ['figure.svg', 'manifest.json', 'metrics.jsonl', 'scenario.yaml', 'summary.json'];

test.serial('a run that cannot go on ends with 3, says why, and writes how far it came', async (t) => {
  const cwd = await folderWithTiny(t);
  const { code, stdout, stderr } = await tardigrade(
    cwd,
    'run',
    'tiny.yaml',
    'weights=2000 - count',
    'stop.steps=30000',
    '--out',
    'out',
    '--json',
  );
  t.is(code, 3);
  t.regex(
    stderr,
    /^tardigrade: the simulation cannot go on: weights: is 0 at count 2000, staleness \d+, id \d; a weight must be finite and > 0\n$/,
  );
  t.is((JSON.parse(stdout) as { status: string }).status, 'stuck');
  t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'stuck');
  t.deepEqual(await list(cwd, 'out'), files);
});

test.serial('a run that everybody has left ends with 3, and says who waits for whom', async (t) => {
  const cwd = await folderWithTiny(t);
  const run = (...overrides: readonly string[]) =>
    tardigrade(cwd, 'run', 'tiny.yaml', ...overrides, 'stop.steps=100000', '--out', 'out', '--quiet');
  const all = await run('workers.availability={kind: crash, at: 3s}');
  t.is(all.code, 3);
  t.regex(
    all.stderr,
    /cannot go on: nothing is left to happen after 3000 ms of virtual time: after step \d+, no worker computes and no message is on its way to the server; the server waits for workers 1, 2, 3, 4, 5, away for good\n$/,
  );
  const one = await run('protocol=synchronous', 'workers.availability=[{workers: [2], kind: leaves, at: 0}]');
  t.is(one.code, 3);
  t.regex(
    one.stderr,
    /round 1 waits for 1 more of the messages of worker 2; the server waits for worker 2, away for good\n$/,
  );
  const mute = await run('protocol=synchronous', 'timing={kind: silence, at: 5s}');
  t.is(mute.code, 3);
  t.regex(mute.stderr, /; what worker 4 sent is held back for good\n$/);
});

test.serial('a buffer that nobody can fill ends the run, though all others go on', async (t) => {
  const cwd = await folderWithTiny(t);
  const { code, stderr } = await tardigrade(
    ...([cwd, 'run', 'tiny.yaml', 'protocol={kind: basgd, buffers: 5}', 'timing=silence'] as const),
    ...['--out', 'out', '--quiet'],
  );
  t.is(code, 3);
  t.regex(stderr, /nothing comes of what happens after .*; the server waits for buffer [\d, ]+ of 5, which no message/);
});
