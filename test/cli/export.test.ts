import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { folderWithTiny, list, read, readJson, tardigrade } from './process.js';

test.serial('a run with --timeline draws it, and its trace and measurements can be exported', async (t) => {
  const compare = { other: { aggregator: 'mean' } };
  const cwd = await folderWithTiny(t, { compare, measure: { every: '10 steps', warmup: '5 steps', against: 'bytes' } });
  const ran = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet', '--trace', '--timeline', '2s');
  t.is(ran.code, 0, ran.stderr);
  t.true(ran.stdout.includes('staleness.svg, timeline.svg'));
  t.true((await read(cwd, 'out', 'timeline.svg')).startsWith('<svg'));
  t.true((await list(cwd, 'out', 'compare', 'other')).includes('timeline.svg'));
  t.true((await read(cwd, 'out', 'staleness.svg')).includes('other'));
  t.true((await read(cwd, 'out', 'figure.svg')).includes('bytes sent, both ways'));
  const summary = await readJson(cwd, 'out', 'summary.json');
  t.like(summary.activity, { from: { step: 5 } });
  t.like(summary.condition, { steps: 50 });

  const perfetto = await tardigrade(cwd, 'export', 'out', '--to', 'perfetto');
  t.deepEqual([perfetto.code, perfetto.stderr], [0, '']);
  const { traceEvents } = (await readJson(cwd, 'out', 'trace.perfetto.json')) as unknown as {
    readonly traceEvents: readonly { readonly name: string; readonly ph: string }[];
  };
  t.is(traceEvents.filter(({ name }) => name === 'step').length, 50);
  t.true(traceEvents.some(({ name, ph }) => name === 'compute' && ph === 'X'));

  const csv = await tardigrade(cwd, 'export', 'out', '--to', 'csv', '--out', 'mine.csv');
  t.deepEqual([csv.code, csv.stderr], [0, '']);
  const lines = (await read(cwd, 'mine.csv')).split('\n');
  t.true(lines[0]!.startsWith('time,step,messages,'));
  t.is(lines.length, 8);
  t.true(lines[1]!.endsWith(',,,'), 'what is not known yet is empty');

  await rm(join(cwd, 'out', 'trace.jsonl'));
  const untraced = await tardigrade(cwd, 'export', 'out', '--to', 'perfetto');
  t.is(untraced.code, 2);
  t.regex(untraced.stderr, /^tardigrade: out: the run has no trace\.jsonl; run it again with --trace, such as .*\n$/);
  await writeFile(join(cwd, 'out', 'trace.jsonl'), '{"kind":"started"');
  const damaged = await tardigrade(cwd, 'export', 'out', '--to', 'perfetto');
  t.is(damaged.code, 2);
  t.regex(damaged.stderr, /^tardigrade: out\/trace\.jsonl:1: no JSON; the file is damaged/);
  await writeFile(join(cwd, 'out', 'trace.jsonl'), '');
  const empty = await tardigrade(cwd, 'export', 'out', '--to', 'perfetto');
  t.is(empty.code, 2);
  t.regex(empty.stderr, /^tardigrade: out\/trace\.jsonl: is empty; the file is damaged/);
});

test.serial('export: a file of a run’s own is never overwritten', async (t) => {
  const cwd = await folderWithTiny(t, { compare: { other: { aggregator: 'mean' } } });
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet')).code, 0);
  const metrics = await read(cwd, 'out', 'metrics.jsonl');
  await symlink(join('out', 'summary.json'), join(cwd, 'link.csv'));
  await symlink('out', join(cwd, 'alias'));
  const own = [
    'metrics.jsonl',
    'manifest.json',
    'scenario.yaml',
    'figure.svg',
    'trace.jsonl',
    'compare/other/summary.json',
  ];
  for (const path of [
    ...own.map((file) => `out/${file}`),
    'alias/metrics.jsonl',
    './out/../out/metrics.jsonl',
    'link.csv',
  ]) {
    const { code, stdout, stderr } = await tardigrade(cwd, 'export', 'out', '--to', 'csv', '--out', path);
    t.deepEqual([code, stdout], [2, ''], path);
    t.true(stderr.startsWith(`tardigrade: command line, --out: ${path} is a file of the run itself, which the export would overwrite; choose another name, such as `), stderr); // prettier-ignore
  }
  t.is(await read(cwd, 'out', 'metrics.jsonl'), metrics);
  t.is((await tardigrade(cwd, 'export', 'out', '--to', 'csv')).code, 0);
  t.is((await tardigrade(cwd, 'export', 'out', '--to', 'csv')).code, 0, 'an export may be made anew');
  t.is((await tardigrade(cwd, 'export', 'out', '--to', 'csv', '--out', 'metrics.jsonl')).code, 0, 'no run’s folder');
});

const wrong: Readonly<Record<string, readonly [args: readonly string[], says: RegExp]>> = {
  'no such folder': [['nowhere', '--to', 'csv'], /^tardigrade: nowhere: there is no such folder; give the folder/],
  'a file': [['tiny.yaml', '--to', 'csv'], /^tardigrade: tiny\.yaml: a file, not a folder; give the folder/],
  'no run': [['.', '--to', 'csv'], /^tardigrade: \.: not the folder of a run, since it has no manifest\.json\n$/],
  'no format': [['.'], /^tardigrade: command line: --to is missing; known formats are perfetto, csv\n$/],
  'an unknown format': [['.', '--to', 'perfeto'], /unknown format "perfeto"; .*did you mean "perfetto"\?\n$/],
};

for (const [what, [args, says]] of Object.entries(wrong))
  test.serial(`export: ${what} is told in one sentence`, async (t) => {
    const cwd = await folderWithTiny(t);
    const { code, stdout, stderr } = await tardigrade(cwd, 'export', ...args);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, says);
    t.deepEqual(await list(cwd), ['tiny.yaml']);
  });

test.serial('what can’t be measured is refused with its place', async (t) => {
  const clockless = {
    protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.2 },
    network: undefined,
  };
  const refusals = [
    [{ ...clockless, measure: { timeline: '1s' } }, /measure\.timeline: this protocol has no clock/],
    [{ ...clockless, measure: { against: ['steps', 'time'] } }, /measure\.against: this protocol has no clock/],
    [{ measure: { warmup: '50 steps' } }, /measure\.warmup: "50 steps" is as long as the run or longer/],
    [{ measure: { against: ['steps', 'steps'] } }, /measure\.against: the same is named twice/],
  ] as const;
  for (const [changes, says] of refusals) {
    const cwd = await folderWithTiny(t, changes);
    const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet');
    t.is(code, 2);
    t.regex(stderr, says);
  }
});
