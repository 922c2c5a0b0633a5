import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import test from 'ava';
import { parse } from 'yaml';
import { compressors } from '../src/compressors/index.js';
import { buildRun } from '../src/scenario/build.js';
import { newCache } from '../src/scenario/cache.js';
import { resolveScenario } from '../src/scenario/resolve.js';
import { ending, folder } from './cli/process.js';

const root = join(import.meta.dirname, '..', '..');

/** The quickstart's images are drawn once for all pages. */
const surroundings = { directory: '/nowhere', cache: newCache() };

/** The blocks of one language in a page, in order. */
const blocks = (page: string, language: string): readonly string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
    .filter(([, written]) => written === language)
    .map(([, , text]) => text!);

test('the scenario in the README can be run as it stands', async (t) => {
  const [text, ...others] = blocks('README.md', 'yaml');
  t.deepEqual(others, []);
  const { plan } = await buildRun(resolveScenario(parse(text!)), surroundings);
  t.is(plan.workers.length, 17);
});

test('the runs to compare with in docs/scenarios.md fit the quickstart', (t) => {
  const [text] = blocks('docs/scenarios.md', 'yaml');
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const { compare } = resolveScenario({ ...quickstart, ...(parse(text!) as object) });
  t.is(Object.keys(compare!).length, 3);
});

test('the workers and the script in docs/turning.md can be run', async (t) => {
  const parts = blocks('docs/turning.md', 'yaml').map((text) => parse(text) as object);
  t.is(parts.length, 3);
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const { stop: _, ...rest } = quickstart as Readonly<Record<string, unknown>>;
  for (const part of parts) {
    const scenario = resolveScenario({ ...rest, stop: { time: '90s' }, compare: undefined, ...part });
    const { plan } = await buildRun(scenario, surroundings);
    t.true(plan.switching !== undefined || plan.script!.length === 7);
  }
});

test('the network in docs/network.md fits the quickstart', async (t) => {
  const [text, ...others] = blocks('docs/network.md', 'yaml');
  t.deepEqual(others, []);
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const { plan } = await buildRun(resolveScenario({ ...quickstart, ...(parse(text!) as object) }), surroundings);
  t.truthy(plan.transport);
});

test('the network in docs/compression.md fits the quickstart', async (t) => {
  const [text, ...others] = blocks('docs/compression.md', 'yaml');
  t.deepEqual(others, []);
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const { plan } = await buildRun(resolveScenario({ ...quickstart, ...(parse(text!) as object) }), surroundings);
  t.false(plan.compression!.unbiased);
});

test('AggregaThor’s system in docs/systems.md fits the quickstart', async (t) => {
  const text = blocks('docs/systems.md', 'yaml').find((block) => block.includes('kind: aggregathor'));
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const scenario = resolveScenario({ ...quickstart, weights: undefined, ...(parse(text!) as object) });
  const { plan, protocol } = await buildRun(scenario, { directory: '/nowhere' });
  t.is(plan.datagrams!.loss, 0.1);
  t.deepEqual(protocol.outside!({ workers: plan.workers, lossy: 0, rule: scenario.aggregator }), []);
});

test('LiuBei’s system in docs/systems.md fits the quickstart', async (t) => {
  const text = blocks('docs/systems.md', 'yaml').find((block) => block.includes('kind: liubei'));
  const quickstart = parse(readFileSync(join(root, 'scenarios', 'quickstart.yaml'), 'utf8')) as object;
  const scenario = resolveScenario({
    ...{ ...quickstart, compare: undefined, weights: undefined },
    ...(parse(text!) as object),
  });
  const { plan, outside } = await buildRun(scenario, surroundings);
  t.is(plan.servers!.members.length, 4);
  t.is(outside, undefined);
});

test('docs/compression.md tells every compressor', (t) => {
  const page = readFileSync(join(root, 'docs', 'compression.md'), 'utf8');
  for (const name of Object.keys(compressors)) t.true(page.includes(`| \`${name}\``), name);
});

/** Loads a TypeScript program as a scenario file is loaded, with `tardigrade` meaning this project. */
const loader = (file: string): string => `
  import { createJiti } from 'jiti';
  const jiti = createJiti(${JSON.stringify(pathToFileURL(root).href)}, {
    alias: {
      'tardigrade/testing': ${JSON.stringify(join(root, 'dist', 'src', 'testing', 'index.js'))},
      'tardigrade/threads': ${JSON.stringify(join(root, 'dist', 'src', 'threads', 'index.js'))},
      tardigrade: ${JSON.stringify(join(root, 'dist', 'src', 'index.js'))},
      rxjs: ${JSON.stringify(fileURLToPath(import.meta.resolve('rxjs')))},
    },
  });
  await jiti.import(${JSON.stringify(file)});
`;

const programs = ['docs/extending.md', 'docs/kernels.md', 'docs/testing.md'].flatMap((page) =>
  blocks(page, 'ts').map((text, i) => ({ page, text, i })),
);

programs.forEach(({ page, text, i }) =>
  test(`program ${i + 1} in ${page} runs and says something`, async (t) => {
    const file = join(await folder(t), `program-${i + 1}.ts`);
    await writeFile(file, text);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', loader(file)], { cwd: root });
    const { code, stdout, stderr } = await ending(child);
    t.is(code, 0, stderr);
    t.true(stdout.split('\n').length > 2, stdout);
    // A page may show what its programs say.
    const shown = blocks(page, 'text')[i];
    if (shown !== undefined) t.is(stdout, shown);
  }),
);

for (const page of [
  'README.md',
  'CHANGELOG.md',
  'docs/benchmarks.md',
  'docs/design.md',
  'docs/extending.md',
  'docs/kernels.md',
  'docs/measuring.md',
  'docs/model.md',
  'docs/network.md',
  'docs/performance.md',
  'docs/policies.md',
  'docs/reproducing.md',
  'docs/scenarios.md',
  'docs/testing.md',
  'docs/turning.md',
  'docs/delays.md',
  'docs/mutation.md',
])
  test(`the links in ${page} lead somewhere`, (t) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
    t.deepEqual(links.filter((link) => !existsSync(join(root, page, '..', link))), []); // prettier-ignore
  });
