import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { seededRandom } from '../../../src/random/index.js';
import { boundsOf, type Bound } from '../../../src/testing/bounds.js';
import { counterexampleTo, quotientOf } from '../../../src/testing/hunt/counterexample.js';
import { firstBroken, survey, type Finding, type Surveyed, type ToldRule } from '../../../src/testing/hunt/survey.js';
import { krum, mda, weightedMean, weightedMedian } from '../../../src/weighted/index.js';
import { ending, folder, tardigrade } from '../../cli/process.js';

const here = (path: string): string => new URL(path, import.meta.url).href;

/** Runs a pasted test, with the packages that it imports where they are, and what it says changed. */
const run = async (
  t: ExecutionContext,
  pasted: string,
  changed: (text: string) => string = (text) => text,
  path?: string,
): Promise<number | null> => {
  const file = join(path ?? (await folder(t)), 'pasted.mjs');
  const text = pasted
    .replace("'tardigrade/testing'", `'${here('../../../src/testing/index.js')}'`)
    .replace("'tardigrade'", `'${here('../../../src/index.js')}'`);
  await writeFile(file, changed(text));
  return (await ending(spawn(process.execPath, [file]))).code;
};

/** What is printed for a rule that is told to keep a bound that it can't keep. */
const broken = async (told: ToldRule, bound: Bound | undefined, workers: number, lambda: number) => {
  const subject: Surveyed = { name: 'it', bounds: bound ? [bound] : [], told: () => Promise.resolve(told) };
  const grid = { lambdas: [lambda], workers: [workers], dimensions: [1, 2], runs: 3, tries: 500 };
  const findings: Finding[] = [];
  for await (const { current, complete } of survey(subject, grid, seededRandom(1)))
    if (complete) findings.push(current);
  return counterexampleTo(firstBroken(findings, subject)!, 'it', told);
};

const least = (kind: string, value: number): Bound => ({ ...boundsOf({ kind })[0]!, value: () => value });

const cases: Readonly<
  Record<string, readonly [ToldRule, Bound | undefined, number, number, from: string, to: string]>
> = {
  'a c_λ that is too small': [
    {
      rule: weightedMedian(),
      byzantine: undefined,
      source: { rule: 'aggregators.cwmed.create({})', imports: ["import { aggregators } from 'tardigrade';"] },
    },
    least('cwmed', 1.2),
    3,
    0.3,
    'configuration, 1.2)',
    'configuration, 2.5)',
  ],
  'no c_λ': [
    {
      rule: weightedMean(),
      byzantine: undefined,
      source: { rule: 'aggregators.mean.create({})', imports: ["import { aggregators } from 'tardigrade';"] },
    },
    undefined,
    3,
    0.3,
    'aggregators.mean.create',
    'aggregators.cwmed.create',
  ],
  'a c_λ of a rule that counts vectors': [
    {
      rule: krum({ f: 1 }),
      byzantine: 1,
      fewest: 5,
      source: { rule: "aggregators['krum'].create({ f: 1 })", imports: ["import { aggregators } from 'tardigrade';"] },
    },
    least('krum', 0.5),
    5,
    0.2,
    'configuration, 0.5)',
    'configuration, 8)',
  ],
  'a diameter constant that is too small': [
    {
      rule: mda({ f: 1 }),
      byzantine: 1,
      fewest: 3,
      source: { rule: 'aggregators.mda.create({ f: 1 })', imports: ["import { aggregators } from 'tardigrade';"] },
    },
    least('mda', 0.2),
    3,
    1 / 3,
    "configuration, 0.2, 'diameter')",
    "configuration, 1, 'diameter')",
  ],
};

for (const [what, [told, bound, workers, lambda, from, to]] of Object.entries(cases))
  test.serial(`the test printed for ${what} fails as it is, and passes once that is mended`, async (t) => {
    const { test: pasted, again, ratio, configuration } = await broken(told, bound, workers, lambda);
    t.true(again && ratio > (bound?.value(lambda) ?? 1));
    t.true(configuration.vectors.length <= Math.max(4, told.fewest ?? 0));
    t.true(pasted.includes(from), pasted);
    t.deepEqual([await run(t, pasted), await run(t, pasted, (text) => text.replace(from, to))], [1, 0], pasted);
  });

test.serial('the tests printed for a module fail for its rule, and pass for a sound one', async (t) => {
  const cwd = await folder(t);
  const module = (rule: string): string => `export { ${rule} as default } from '${here('../broken-rules.js')}';`;
  const file = join(cwd, 'mine.mjs');
  await writeFile(file, module('wholeCtma'));
  const grid = ['--lambda', '0.3', '--workers', '3', '--runs', '2', '--tries', '500'];
  const { stdout } = await tardigrade(cwd, 'check', './mine.mjs', ...grid, '--quiet');
  const tests = stdout.split(/^As a test(?: to paste)?:$/m).slice(1);
  const texts = tests.map((text) => text.slice(0, text.indexOf('\n});') + 4));
  t.true(texts.length >= 3, stdout);
  for (const text of texts) {
    await writeFile(file, module('wholeCtma'));
    t.is(await run(t, text, undefined, cwd), 1, text);
    await writeFile(file, module('middleMedian'));
    t.is(await run(t, text, undefined, cwd), 0, text);
  }
});

test.serial('the test printed for a registered rule runs as it is', async (t) => {
  const cwd = await folder(t);
  const chain = '{ kind: ctma, base: { kind: clipping, radius: 1, base: mean } }';
  const { stdout } = await tardigrade(cwd, 'check', chain, '--lambda', '0.3', '--workers', '3', '--json', '--quiet');
  const { counterexample } = JSON.parse(stdout) as { counterexample: { test: string } };
  t.regex(
    counterexample.test,
    /operators\.ctma\.create\(.*\)\(operators\.clipping\.create\(.*\)\(aggregators\.mean\.create\(/,
  );
  const mended = (text: string): string =>
    text.replace(/const rule = .*;/, 'const rule = aggregators.cwmed.create({});');
  t.deepEqual([await run(t, counterexample.test), await run(t, counterexample.test, mended)], [1, 0]);
  t.regex(await readFile(join(cwd, 'runs', 'check-ctma-of-clipping-of-mean', 'check.json'), 'utf8'), /"broken": true/);
});

test('no error is no quotient, also where the honest vectors agree', (t) => {
  const agreeing = { vectors: [[2], [2], [5]], weights: [1, 1, 1], byzantine: [false, false, true], lambda: 0.4 };
  for (const name of ['c_λ', 'diameter'] as const) {
    t.is(quotientOf(name, [2], agreeing), 0);
    t.is(quotientOf(name, [2 + 1e-9], agreeing), 0);
    t.is(quotientOf(name, [2.5], agreeing), Infinity);
    t.is(quotientOf(name, [NaN], agreeing), Infinity);
  }
  const apart = { ...agreeing, vectors: [[0], [2], [5]] };
  t.true(Math.abs(quotientOf('diameter', [2], apart) - 0.5) < 1e-6);
  t.true(Math.abs(quotientOf('c_λ', [3], apart) - 4) < 1e-6);
});
