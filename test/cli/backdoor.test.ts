import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { stringify } from 'yaml';
import { folder, read, readJson, tardigrade } from './process.js';

const scenario = {
  name: 'doors',
  label: 'open',
  learn: { data: { kind: 'digits', train: 300, test: 100 }, model: 'softmax', batch: 16 },
  workers: { count: 5, byzantine: 2 },
  network: { compute: 'exponential(1)' },
  method: { kind: 'sgd', lr: 0.05 },
  aggregator: 'mean',
  attack: { kind: 'backdoor', target: 7, share: 0.5 },
  stop: { steps: 300 },
  measure: { every: '60 steps' },
  compare: { shut: { 'workers.byzantine': 0 }, other: { attack: 'label-flip' } },
};

type Line = Readonly<Record<string, number>>;
const metrics = async (...path: readonly string[]): Promise<Line[]> =>
  (await read(...path, 'metrics.jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('how often a backdoor opens stands in measurements, summary, table and figure, where there is one', async (t) => {
  const cwd = await folder(t);
  await writeFile(join(cwd, 'doors.yaml'), stringify(scenario));
  const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'doors.yaml', '--out', 'out', '--quiet');
  t.deepEqual([code, stderr], [0, '']);

  const summary = await readJson(cwd, 'out', 'summary.json');
  const [open, shut, other] = [summary, await readJson(cwd, 'out/compare/shut', 'summary.json')].concat(
    await readJson(cwd, 'out/compare/other', 'summary.json'),
  ) as { final: Line; best: Line; lastFive: Line }[];
  t.true(open!.final.backdoor! > 0.9, `${open!.final.backdoor}`);
  t.true(shut!.final.backdoor! < 0.2, `${shut!.final.backdoor}`);
  t.deepEqual(Object.keys(open!.best), ['accuracy']);
  t.true('backdoor' in open!.lastFive);
  t.false('backdoor' in other!.final);

  const all = await metrics(cwd, 'out');
  t.is(all.length, 6);
  t.true(all.every(({ backdoor }) => backdoor! >= 0 && backdoor! <= 1));
  t.is(all.at(-1)!.backdoor, open!.final.backdoor);
  t.true((await metrics(cwd, 'out/compare/other')).every((line) => !('backdoor' in line)));

  const lines = stdout.split('\n');
  t.regex(lines[0]!, /accuracy .*backdoor/);
  t.regex(
    lines.find((line) => line.startsWith('other'))!,
    / – /,
  );
  t.true((await read(cwd, 'out', 'figure.svg')).includes('backdoor (%)'));
});
