import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import test from 'ava';
import { readScenario } from '../src/cli/read-scenario.js';
import { buildRun } from '../src/scenario/build.js';
import { newCache } from '../src/scenario/cache.js';
import { parseOverride } from '../src/scenario/overrides.js';
import { resolveSource, type ResolvedRun } from '../src/scenario/resolve.js';
import { folder, read, readJson, tardigrade } from './cli/process.js';

const root = process.cwd();
const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(yaml|ts|js)$/.test(file))
  .map((file) => join('scenarios', file))
  .sort();

/** Data sets that are made, not read. */
const generated = ['digits', 'gaussian', undefined];

const resolved = async (file: string, ...overrides: readonly string[]): Promise<readonly ResolvedRun[]> =>
  resolveSource(await readScenario(file), overrides.map(parseOverride));

const needsFiles = (runs: readonly ResolvedRun[]): boolean =>
  runs.some(({ scenario }) => !generated.includes(scenario.learn.data?.kind));

/** Data that several scenarios name are made once. */
const cache = newCache();

test('there are scenarios', (t) => t.true(files.length >= 9));

for (const file of files)
  test.serial(`${file} says what it shows, is named after its file, and is whole`, async (t) => {
    const runs = await resolved(file);
    const { name, description } = runs[0]!.scenario;
    t.is(name, basename(file).replace(/\.\w+$/, ''));
    t.truthy(description);
    const comment = (await read(file)).split('\n').filter((line) => line.startsWith('# '));
    t.true(comment.length >= 3 && comment.join(' ').includes('What it shows:'), 'a comment says what it shows');
    const needs = needsFiles(runs);
    t.is(comment.join(' ').includes('--data'), needs, 'the comment says which data files it needs');
    if (needs) return;
    for (const { scenario } of runs) {
      const { plan } = await buildRun(scenario, { directory: '/nowhere', beside: dirname(file), cache });
      t.is(plan.workers.length, scenario.workers.count);
    }
  });

for (const file of files.filter((each) => each.startsWith(join('scenarios', 'delays'))))
  test(`${file} has a figure in the docs`, async (t) => {
    const page = await read('docs/delays.md');
    const figure = `figures/delays/${basename(file, '.yaml')}.svg`;
    t.true(page.includes(`](../${file})`) && page.includes(`](${figure})`));
    t.regex(await read(join('docs', figure)), /^<svg/);
  });

for (const file of files)
  test.serial(`${file} runs for a few steps, or says which data it misses`, async (t) => {
    const cwd = await folder(t);
    const overrides = ['stop={steps: 4}', 'measure.every=4'];
    const { code, stderr } = await tardigrade(cwd, 'run', join(root, file), ...overrides, '--out', 'out', '--quiet');
    if (needsFiles(await resolved(file))) {
      t.is(code, 2);
      t.regex(stderr, /(train-images-idx3-ubyte|a9a).*--data DIR/);
      return;
    }
    t.deepEqual([code, stderr], [0, '']);
    t.is((await readJson(cwd, 'out', 'summary.json')).steps, 4);
  });
