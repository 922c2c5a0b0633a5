import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { stringify } from 'yaml';
import { folderWithTiny, list, read, readJson, tardigrade, tiny } from './process.js';

const scenario = stringify({ name: 'tiny', ...tiny });

const study = `${scenario}study:
  grid:
    attack: [sign-flip, { kind: empire, epsilon: 2 }]
    aggregator: [mean, cwmed]
  replications: 2
`;

test.serial('a sweep runs every cell, prints the matrix and draws it; the second runs nothing', async (t) => {
  const cwd = await folderWithTiny(t);
  await writeFile(join(cwd, 'study.yaml'), study);
  const first = await tardigrade(cwd, 'sweep', 'study.yaml', '--quiet');
  t.deepEqual([first.code, first.stderr], [0, '']);
  t.regex(first.stdout, /mean +cwmed\nsign-flip .* ± .*\nempire \(epsilon 2\) .*\n\nworst attack /);
  t.true(first.stdout.includes('runs/tiny-study/  heatmap.svg, heatmap.vl.json, study.csv, study.json, cells'));
  const root = join(cwd, 'runs', 'tiny-study');
  const cells = await list(root, 'cells');
  t.is(cells.length, 8);
  for (const cell of cells)
    t.deepEqual(await list(root, 'cells', cell), ['manifest.json', 'metrics.jsonl', 'scenario.yaml', 'summary.json']);
  t.is((await read(root, 'study.csv')).split('\n').length, 10);
  t.true((await read(root, 'heatmap.svg')).startsWith('<svg'));

  const again = await tardigrade(cwd, 'sweep', 'study.yaml', '--quiet', '--json');
  t.deepEqual([again.code, again.stderr], [0, 'tardigrade: 8 of 8 cells were there already\n']);
  const result = JSON.parse(again.stdout) as { cells: number; groups: { mean: number }[]; worst: { column: string }[] };
  t.deepEqual(result, (await readJson(root, 'study.json')) as unknown as typeof result);
  t.deepEqual([result.cells, result.groups.length], [8, 4]);
  t.deepEqual(
    result.worst.map(({ column }) => column),
    ['mean', 'cwmed'],
  );

  // A cell that isn't whole is run again, and gives the same.
  const summary = join(root, 'cells', cells[0]!, 'summary.json');
  const before = JSON.parse(await readFile(summary, 'utf8')) as { traceHash: string };
  await rm(join(root, 'cells', cells[0]!, 'manifest.json'));
  const third = await tardigrade(cwd, 'sweep', 'study.yaml', '--quiet', '--json');
  t.is(third.stderr, 'tardigrade: 7 of 8 cells were there already\n');
  t.is((JSON.parse(await readFile(summary, 'utf8')) as { traceHash: string }).traceHash, before.traceHash);
});

test.serial('a cell alone is the run of its scenario.yaml', async (t) => {
  const cwd = await folderWithTiny(t);
  await writeFile(join(cwd, 'study.yaml'), study);
  await tardigrade(cwd, 'sweep', 'study.yaml', '--quiet', '--out', 'out', 'study.replications=1');
  const [cell] = await list(cwd, 'out', 'cells');
  const file = join('out', 'cells', cell!, 'scenario.yaml');
  const { stdout } = await tardigrade(cwd, 'run', file, '--json', '--quiet', '--out', 'alone');
  const alone = JSON.parse(stdout) as { traceHash: string };
  const { traceHash } = await readJson(cwd, 'out', 'cells', cell!, 'summary.json');
  t.is(alone.traceHash, traceHash as string);
});

test.serial('a cell that can’t be ends the sweep before anything runs, with its place', async (t) => {
  const cwd = await folderWithTiny(t);
  await writeFile(join(cwd, 'study.yaml'), study.replace('cwmed]', '{ kind: krum, f: 4 }]'));
  const { code, stderr, stdout } = await tardigrade(cwd, 'sweep', 'study.yaml');
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^tardigrade: study\.yaml:\d+:\d+: cell attack = sign-flip, aggregator = krum \(f 4\): .*krum/);
  t.false((await list(cwd)).includes('runs'));
});

test.serial('a cell that gets stuck is told, and the others run', async (t) => {
  const cwd = await folderWithTiny(t);
  await writeFile(
    join(cwd, 'stuck.yaml'),
    `${scenario}study:\n  grid:\n    timing: { free: none, mute: silence }\n    protocol: [asynchronous, synchronous]\n`,
  );
  const { code, stderr, stdout } = await tardigrade(cwd, 'sweep', 'stuck.yaml', '--quiet');
  t.is(code, 3);
  t.regex(stderr, /tardigrade: mute, synchronous: 1 of 1 runs could not go on: .*wait/);
  t.regex(stdout, /mute .* stuck/);
});
