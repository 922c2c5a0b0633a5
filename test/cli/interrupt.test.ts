import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { ending, folderWithTiny, list, read, readJson, seen, start, type Ended } from './process.js';

const endless = { stop: { steps: 1e9 }, measure: { every: 1000 } };
const whole = ['figure.svg', 'manifest.json', 'metrics.jsonl', 'scenario.yaml', 'summary.json'];

/** Starts a run that never ends, and calls back when it is under way. */
const interrupted = async (
  cwd: string,
  interrupt: (child: ChildProcess) => void,
  ...args: readonly string[]
): Promise<Ended> => {
  const begun = seen(cwd, (file) => file === 'out');
  const child = start(cwd, 'run', 'tiny.yaml', '--out', 'out', ...args);
  const ended = ending(child);
  await begun;
  if (args.includes('--trace')) await seen(join(cwd, 'out'), (file) => file.startsWith('.trace'), 'change');
  interrupt(child);
  return ended;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test.serial(`${signal} ends a run with 130; what was done is written, whole`, async (t) => {
    const cwd = await folderWithTiny(t, endless);
    const { code, stdout, stderr } = await interrupted(cwd, (child) => child.kill(signal), '--json', '--trace');
    t.is(code, 130, stderr);
    t.is(stderr, 'tardigrade: interrupted; what was done so far is written\n');
    t.deepEqual(await list(cwd, 'out'), [...whole, 'trace.jsonl'].sort());
    t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'interrupted');
    const summary = JSON.parse(stdout) as { status: string; steps: number };
    t.deepEqual(summary, (await readJson(cwd, 'out', 'summary.json')) as never);
    t.true(summary.status === 'interrupted' && summary.steps > 0 && summary.steps < 1e9);
    t.like(parse(await read(cwd, 'out', 'scenario.yaml')), endless);
    const steps = (await read(cwd, 'out', 'trace.jsonl')).split('\n').filter((line) => line !== '');
    t.is(steps.filter((line) => (JSON.parse(line) as { kind: string }).kind === 'stepped').length, summary.steps);
    t.regex(await read(cwd, 'out', 'figure.svg'), /<\/svg>\s*$/);
  });

test.serial('an interrupt before the first event leaves a whole folder too, and no runs to compare with', async (t) => {
  const cwd = await folderWithTiny(t, { ...endless, compare: { other: { aggregator: 'mean' } } });
  const { code, stdout } = await interrupted(cwd, (child) => child.kill('SIGINT'), '--quiet');
  t.is(code, 130);
  t.true(stdout.includes('interrupted'));
  t.deepEqual(await list(cwd, 'out'), whole);
});

test.serial('a second signal ends the process at once, and nothing half-written stays', async (t) => {
  const cwd = await folderWithTiny(t, endless);
  const { code, stderr } = await interrupted(
    cwd,
    (child) => {
      child.kill('SIGINT');
      child.kill('SIGTERM');
    },
    '--trace',
  );
  t.is(code, 130, stderr);
  const left = await list(cwd, 'out');
  t.true(
    left.every((file) => [...whole, 'trace.jsonl'].includes(file)),
    left.join(' '),
  );
  t.false(left.includes('manifest.json'));
});

test.serial('an interrupt during a run to compare with marks the whole folder', async (t) => {
  // The main run is over in milliseconds; the other one never is.
  const cwd = await folderWithTiny(t, { compare: { endless: { stop: { steps: 1e9 } } } });
  const { code, stderr } = await interrupted(
    cwd,
    (child) => {
      void seen(join(cwd, 'out'), (file) => file === 'compare').then(() => child.kill('SIGINT'));
    },
    '--quiet',
  );
  t.is(code, 130, stderr);
  t.is((await readJson(cwd, 'out', 'manifest.json')).status, 'interrupted');
  t.is((await readJson(cwd, 'out', 'summary.json')).status, 'interrupted');
  t.is((await readJson(cwd, 'out', 'compare', 'endless', 'manifest.json')).status, 'interrupted');
});
