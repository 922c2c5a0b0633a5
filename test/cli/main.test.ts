import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { catalogue } from '../../src/scenario/catalogue.js';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { ending, folderWithTiny, list, start, tardigrade } from './process.js';

test.serial('list shows everything that can be named, as text and as JSON', async (t) => {
  const cwd = await folderWithTiny(t);
  const all = await tardigrade(cwd, 'list', '--json');
  t.deepEqual([all.code, all.stderr], [0, '']);
  t.deepEqual(JSON.parse(all.stdout), catalogue() as never);
  const attacks = await tardigrade(cwd, 'list', 'attack');
  t.is(attacks.code, 0);
  for (const { name, aliases, summary, source } of catalogue('attacks'))
    for (const text of [name, ...aliases, summary, source]) t.true(attacks.stdout.includes(text), text);
  t.false(attacks.stdout.includes('cwmed'));
});

test.serial('schema prints the JSON Schema', async (t) => {
  const { code, stdout } = await tardigrade(await folderWithTiny(t), 'schema');
  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(scenarioJsonSchema())) as never);
});

test.serial('--help and --version are no faults', async (t) => {
  const cwd = await folderWithTiny(t);
  const help = await tardigrade(cwd, 'run', '--help');
  t.deepEqual([help.code, help.stderr], [0, '']);
  for (const option of ['--out', '--seed', '--data', '--json', '--quiet', '--trace'])
    t.true(help.stdout.includes(option), option);
  const version = await tardigrade(cwd, '--version');
  t.is(version.code, 0);
  t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

test.serial('whoever reads may stop reading: no stack trace, no failure', async (t) => {
  const cwd = await folderWithTiny(t);
  const child = start(cwd, 'list', '--json');
  const ended = ending(child);
  child.stdout!.destroy();
  t.like(await ended, { code: 0, stderr: '' });
  const deaf = start(cwd, 'run', 'tiny.yaml', 'agregator=gm');
  const end = ending(deaf);
  deaf.stderr!.destroy();
  t.is((await end).code, 2);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [
    ['run', 'tiny.yaml', 'agregator=cwmed'],
    /^tardigrade: command line, agregator=cwmed: unknown key "agregator" .*did you mean "aggregator"\?$/,
  ],
  [['run', 'syntax.yaml'], /^tardigrade: syntax\.yaml:2:1: YAML syntax: .*$/],
  [['run', 'missing.yaml'], /^tardigrade: missing\.yaml: there is no such file$/],
  [['run', 'tiny.yaml', '--sed', '3'], /^tardigrade: unknown option '--sed'; did you mean --seed\?$/],
  [
    ['run', 'tiny.yaml', '--out', 'tiny.yaml'],
    /^tardigrade: tiny\.yaml: the folder for the results can't be made: there is a file of that name$/,
  ],
  [
    ['run', 'tiny.yaml', 'workers.count=1e12'],
    /^tardigrade: command line, workers\.count=1e12: workers\.count: found 1000000000000; it must be <= 1000000$/,
  ],
  [['rnu'], /^tardigrade: unknown command 'rnu'; did you mean run\?$/],
  [['run'], /^tardigrade: missing required argument 'file'$/],
  [
    ['list', 'agregator'],
    /^tardigrade: command line: unknown kind "agregator"; known are aggregators, .*; did you mean "aggregators"\?$/,
  ],
  [['list', 'attacks', 'more'], /^tardigrade: too many arguments for 'list'/],
];

for (const [args, pattern] of wrong)
  test.serial(`tardigrade ${args.join(' ')} ends with 2, one sentence, and nothing written`, async (t) => {
    const cwd = await folderWithTiny(t);
    await writeFile(join(cwd, 'syntax.yaml'), 'a: [1, 2\nb: 3\n');
    await mkdir(join(cwd, 'data'));
    const { code, stdout, stderr } = await tardigrade(cwd, ...args);
    t.deepEqual([code, stdout], [2, '']);
    t.true(stderr.endsWith('\n') && stderr.indexOf('\n') === stderr.length - 1, stderr);
    t.regex(stderr.trimEnd(), pattern);
    t.deepEqual(await list(cwd), ['data', 'syntax.yaml', 'tiny.yaml']);
    t.deepEqual(await list(cwd, 'data'), []);
  });
