import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { stringify } from 'yaml';
import { folderWithTiny, read, readJson, tardigradeAfter, tiny, type Ended } from './process.js';

const sentence = 'The theorem is for at most 1 Byzantine worker, found 2.';
const note = '† outside the theorem: The theorem is for at most 1 Byzantine worker, found 2';

const strictly = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
  tardigradeAfter('strict-protocol.js', cwd, ...args);

test('outside the theorem a run is refused with the sentence, and with what to do', async (t) => {
  const cwd = await folderWithTiny(t, { protocol: 'strict' });
  const { code, stderr } = await strictly(cwd, 'run', 'tiny.yaml', '--quiet');
  t.is(code, 2);
  t.regex(
    stderr,
    /^tardigrade: tiny\.yaml:\d+:\d+: protocol: the theorem is for at most 1 Byzantine worker, found 2; --allow-unsafe runs it anyway, outside the theorem\n$/,
  );
});

test('with --allow-unsafe everything that the run writes is marked, and its scenario.yaml runs again', async (t) => {
  const cwd = await folderWithTiny(t, { protocol: 'strict', compare: { safe: { 'workers.byzantine': 1 } } });
  const args = ['--quiet', '--out', 'out', '--trace', '--timeline', '5s'];
  const { code, stdout, stderr } = await strictly(cwd, 'run', 'tiny.yaml', '--allow-unsafe', ...args);
  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /\ntiny † +50 /);
  t.regex(stdout, /\nsafe +50 /);
  t.true(stdout.includes(`\n${note}\n`));
  const out = join(cwd, 'out');
  t.deepEqual((await readJson(out, 'summary.json')).outsideTheorem, [sentence]);
  t.deepEqual((await readJson(out, 'manifest.json')).outsideTheorem, [sentence]);
  for (const line of (await read(out, 'metrics.jsonl')).trim().split('\n'))
    t.true((JSON.parse(line) as { outsideTheorem: unknown }).outsideTheorem);
  const [started] = (await read(out, 'trace.jsonl')).split('\n');
  t.deepEqual((JSON.parse(started!) as { outsideTheorem: unknown }).outsideTheorem, [sentence]);
  for (const picture of ['figure.svg', 'staleness.svg', 'timeline.svg']) {
    const svg = await read(out, picture);
    t.true(svg.includes('† outside the theorem: The theorem is for') && svg.includes('tiny †'), picture);
    t.true(picture === 'timeline.svg' || svg.includes('>safe<'), picture);
  }
  const again = await strictly(cwd, 'run', 'out/scenario.yaml', '--quiet', '--out', 'again', '--json');
  const { traceHash, outsideTheorem } = JSON.parse(again.stdout) as Readonly<Record<string, unknown>>;
  t.deepEqual([again.code, outsideTheorem], [0, [sentence]]);
  t.is(traceHash, (await readJson(out, 'summary.json')).traceHash);

  const safe = join(out, 'compare', 'safe');
  for (const file of ['summary.json', 'manifest.json', 'metrics.jsonl', 'trace.jsonl', 'timeline.svg'])
    t.notRegex(await read(safe, file), /outside/, file);

  await strictly(cwd, 'export', 'out', '--to', 'csv');
  const [head, ...rows] = (await read(out, 'metrics.csv')).trim().split('\n');
  t.true(head!.endsWith(',outsideTheorem') && rows.every((row) => row.endsWith(',true')));
  await strictly(cwd, 'export', 'out', '--to', 'perfetto');
  t.true((await read(out, 'trace.perfetto.json')).includes('"server (outside the theorem)"'));
});

test('a run whose preconditions hold is not marked by the flag, and is the same', async (t) => {
  const cwd = await folderWithTiny(t, { protocol: 'strict', workers: { count: 5, byzantine: 1, speed: 'id' } });
  const plain = await strictly(cwd, 'run', 'tiny.yaml', '--quiet', '--out', 'plain');
  const allowed = await strictly(cwd, 'run', 'tiny.yaml', '--quiet', '--out', 'allowed', '--allow-unsafe');
  t.deepEqual([plain.code, allowed.code], [0, 0]);
  t.notRegex(allowed.stdout, /†|outside/);
  for (const file of ['metrics.jsonl', 'figure.svg'])
    t.is(await read(cwd, 'allowed', file), await read(cwd, 'plain', file), file);
  const { configHash } = await readJson(cwd, 'plain', 'summary.json');
  t.is((await readJson(cwd, 'allowed', 'summary.json')).configHash, configHash);
});

const study = stringify({
  name: 'tiny',
  ...tiny,
  protocol: 'strict',
  study: { grid: { 'workers.byzantine': [1, 2], aggregator: ['mean', 'cwmed'] } },
});

test('a sweep marks the cells outside the theorem, those of an earlier sweep too', async (t) => {
  const cwd = await folderWithTiny(t);
  await writeFile(join(cwd, 'study.yaml'), study);
  t.is((await strictly(cwd, 'sweep', 'study.yaml', '--quiet')).code, 2);
  for (const skipped of [false, true]) {
    const { code, stdout, stderr } = await strictly(cwd, 'sweep', 'study.yaml', '--quiet', '--allow-unsafe');
    t.deepEqual([code, stderr.includes('4 of 4 cells were there already')], [0, skipped]);
    t.regex(stdout, /\n1 +[^†\n]+\n2 +\S+ † +\S+ †\n/);
    t.true(stdout.includes(`\n${note}\n`));
    const root = join(cwd, 'runs', 'tiny-study');
    const { groups } = (await readJson(root, 'study.json')) as unknown as { groups: { outsideTheorem?: unknown }[] };
    t.deepEqual(
      groups.map(({ outsideTheorem }) => outsideTheorem),
      [undefined, undefined, [sentence], [sentence]],
    );
    t.regex(await read(root, 'study.csv'), /,stuck,outsideTheorem\n1,mean,1,[^,]*,,\n1,.*,,\n2,mean,1,[^,]*,,true\n/);
    const svg = await read(root, 'heatmap.svg');
    t.true(svg.includes('† outside the theorem:') && (svg.match(/†</g) ?? []).length === 2);
  }
});
