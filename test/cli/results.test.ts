import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { folder, folderWithTiny, list, read, tardigrade } from './process.js';

test('a folder for results is not the folder of a scenario that they would overwrite', async (t) => {
  const cwd = await folderWithTiny(t);
  const text = `# mine\n${await read(cwd, 'tiny.yaml')}`;
  await writeFile(join(cwd, 'scenario.yaml'), text);
  const { code, stderr } = await tardigrade(cwd, 'run', 'scenario.yaml', '--out', '.');
  t.is(code, 2);
  t.regex(
    stderr,
    /^tardigrade: scenario\.yaml: the results would overwrite this file; choose another folder with --out\n$/,
  );
  t.is(await read(cwd, 'scenario.yaml'), text);
  t.deepEqual(await list(cwd), ['scenario.yaml', 'tiny.yaml']);
});

test('a run’s own scenario.yaml can be run again into its folder', async (t) => {
  const cwd = await folderWithTiny(t);
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet')).code, 0);
  const before = await read(cwd, 'out', 'metrics.jsonl');
  t.is((await tardigrade(cwd, 'run', 'out/scenario.yaml', '--out', 'out', '--quiet')).code, 0);
  t.is(await read(cwd, 'out', 'metrics.jsonl'), before);
});

test('what an earlier run left is gone, and the user’s own files stay', async (t) => {
  const cwd = await folderWithTiny(t, { compare: { other: { aggregator: 'mean' }, more: { seed: 2 } } });
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet', '--trace')).code, 0);
  await writeFile(join(cwd, 'out', 'compare', 'more', 'notes.txt'), 'mine');
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', 'compare={}', '--out', 'out', '--quiet')).code, 0);
  t.false((await list(cwd, 'out')).includes('trace.jsonl'));
  t.deepEqual(await list(cwd, 'out', 'compare'), ['more']);
  t.deepEqual(await list(cwd, 'out', 'compare', 'more'), ['notes.txt']);
});

test('a folder where a file must be written is told, not an internal error', async (t) => {
  const cwd = await folderWithTiny(t);
  await mkdir(join(cwd, 'out', 'figure.svg'), { recursive: true });
  await writeFile(join(cwd, 'out', 'manifest.json'), '{}');
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 2);
  t.regex(stderr, /figure\.svg: a file of this name must be written, and a folder stands there/);
  t.deepEqual(await list(cwd, 'out'), ['figure.svg', 'manifest.json'], 'nothing was removed');
});

test('a module outside of the project may import tardigrade', async (t) => {
  const cwd = await folder(t);
  await writeFile(
    join(cwd, 'mine.ts'),
    `import { defineScenario } from 'tardigrade';
export default defineScenario({
  name: 'mine',
  learn: { model: { kind: 'quadratic', noise: 1 } },
  workers: { count: 3 },
  network: { compute: '1s' },
  method: { kind: 'sgd', lr: 0.1 },
  aggregator: 'mean',
  stop: { steps: 10 },
});
`,
  );
  const { code, stdout, stderr } = await tardigrade(cwd, 'run', 'mine.ts', '--json', '--quiet');
  t.is(code, 0, stderr);
  t.like(JSON.parse(stdout) as object, { name: 'mine', steps: 10 });
});

test('without a clock the figure has steps only, and the table no virtual time', async (t) => {
  const cwd = await folderWithTiny(t);
  const sampled = ['protocol.arrivals=sampled', 'protocol.byzantineShare=0.2'];
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'timed', '--quiet')).code, 0);
  // A scenario without a network: the tiny one less that key.
  const text = (await read(cwd, 'tiny.yaml')).replace(/network:\n( .*\n)+/, '');
  await writeFile(join(cwd, 'clockless.yaml'), text);
  const { code, stdout, stderr } = await tardigrade(
    cwd,
    'run',
    'clockless.yaml',
    ...sampled,
    '--out',
    'out',
    '--quiet',
  );
  t.is(code, 0, stderr);
  t.regex(stdout, /clockless +50 +– /);
  t.false((await read(cwd, 'out', 'figure.svg')).includes('virtual time'));
  t.true((await read(cwd, 'timed', 'figure.svg')).includes('virtual time'));
});
