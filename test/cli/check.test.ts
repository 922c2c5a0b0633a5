import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ending, folder, list, read, readJson, seen, start, tardigrade, type Ended } from './process.js';

const quick = ['--runs', '2', '--tries', '500', '--dimension', '1'];

const check = async (t: ExecutionContext, ...args: readonly string[]): Promise<Ended & { readonly cwd: string }> => {
  const cwd = await folder(t);
  return { ...(await tardigrade(cwd, 'check', ...args)), cwd };
};

test.serial('check prints the worst found beside each bound, and leaves a figure', async (t) => {
  const { code, stdout, stderr, cwd } = await check(t, 'median', '--lambda', '0.3', '--workers', '3,4', ...quick);
  t.deepEqual([code, stderr], [0, '']);
  t.regex(stdout, /^0\.3 +3 +1 +2\.5000 +2\.5000 +100\.0 % +3\.0625 +81\.6 %$/m);
  t.regex(stdout, /^\(1\) proved: 1\/\(1−2λ\)$/m);
  t.regex(stdout, /^every claimed bound holds in all that was tried$/m);
  t.deepEqual(await list(cwd, 'runs', 'check-cwmed'), ['check.json', 'figure.svg']);
  t.regex(await read(cwd, 'runs', 'check-cwmed', 'figure.svg'), /^<svg[^]*worst found[^]*proved: 1\/\(1−2λ\)/);
});

test.serial('--json prints one object, the one in the folder, and the same for the same seed', async (t) => {
  const args = ['ctma,cwmed', '--lambda', '0.2', '--workers', '3', '--json', '--out', 'here', ...quick];
  const { code, stdout, cwd } = await check(t, ...args);
  t.is(code, 0);
  t.is(stdout, await read(cwd, 'here', 'check.json'));
  const found = await readJson(cwd, 'here', 'check.json');
  t.like(found, { name: 'ctma of cwmed', seed: 1, status: 'finished', broken: false });
  t.is((await check(t, ...args)).stdout, stdout);
  t.not((await check(t, ...args, '--seed', '2')).stdout, stdout);
});

test.serial('the mean is broken: exit code 1, two vectors, a test to paste', async (t) => {
  const { code, stdout } = await check(t, 'mean', '--lambda', '0.1', '--workers', '3', ...quick);
  t.is(code, 1);
  t.regex(stdout, /^BROKEN: with 2 vectors and λ = 0\.1 the error is unbounded; there is no finite constant$/m);
  t.regex(stdout, /^import \{ errorRatio \} from 'tardigrade\/testing';$/m);
});

const lower = `
import { weightedMedian, type AggregatorRule } from 'tardigrade';
const median: AggregatorRule = weightedMedian();
export default median;
export const constant = (lambda: number) => 1 / (1 - lambda);
`;

test.serial('a module of the user’s own is checked against the constant that it exports', async (t) => {
  const cwd = await folder(t);
  await writeFile(join(cwd, 'mine.ts'), lower);
  const { code, stdout } = await tardigrade(cwd, 'check', './mine.ts', '--lambda', '0.3', '--workers', '3', ...quick);
  t.is(code, 1);
  t.regex(stdout, /^mine: /m);
  t.regex(stdout, /the bound is 1\.4286$/m);
  await writeFile(join(cwd, 'mine.js'), 'export default (vectors, weights, lambda) => vectors[0].map(() => lambda);\n');
  const told = await tardigrade(cwd, 'check', 'mine.js', '--lambda', '0.3', '--workers', '3', '--json', ...quick);
  t.like(JSON.parse(told.stdout), { broken: true, counterexample: { result: [0.3] } });
});

test.serial('where vectors are counted, the grid holds what they can hold', async (t) => {
  const { code, stdout } = await check(t, 'krum', '--lambda', '0.3', '--workers', '3,7', ...quick);
  t.is(code, 0);
  t.regex(stdout, /^0\.2857 +7 /m);
  t.notRegex(stdout, /^\S+ +3 /m);
  const none = await check(t, 'krum', '--lambda', '0.1', '--workers', '3', ...quick);
  t.is(none.code, 2);
  t.regex(none.stderr, /nothing to search: none of 3 workers with a share of 0\.1/);
});

test.serial('a mistake in the user’s module is told as the user’s', async (t) => {
  const cwd = await folder(t);
  const told = async (text: string) => {
    await writeFile(join(cwd, 'mine.js'), text);
    const { code, stderr } = await tardigrade(cwd, 'check', 'mine.js', '--lambda', '0.3', '--workers', '3', ...quick);
    return [code, stderr] as const;
  };
  const [thrown, why] = await told("export default (vectors, weights) => { throw new Error('too bad'); };\n");
  t.deepEqual([thrown, why], [2, 'tardigrade: mine.js: the rule failed: too bad\n']);
  const [none, what] = await told("export default (x, w) => x[0];\nexport const constant = () => 'one';\n");
  t.deepEqual([none, what], [2, 'tardigrade: mine.js: "constant" is to be a number >= 0, got one at λ = 0.3\n']);
});

test.serial(
  'rules that draw, that trust, and chains that count are checked, told no more than they were given',
  async (t) => {
    for (const rule of ['monna', 'bucketing,cwmed', 'ctma,mda', '{kind: krum, f: 2, variant: byzfl}']) {
      const { code, stdout } = await check(t, rule, '--lambda', '0.3', '--workers', '9', ...quick);
      t.true(rule.startsWith('bucketing') || code === 0, stdout);
      t.regex(stdout, /^0\.\d+ +9 /m);
    }
  },
);

test.serial('time that is up ends the hunt; what was found so far counts', async (t) => {
  const { code, stdout } = await check(t, 'cwmed', '--seconds', '0.001', '--json', '--quiet');
  t.is(code, 0);
  t.like(JSON.parse(stdout), { status: 'out of time' });
});

test.serial('an interrupted hunt tells what it found', async (t) => {
  const cwd = await folder(t);
  const begun = seen(cwd, (file) => file === 'here');
  const child = start(cwd, 'check', 'cwmed', '--runs', '100000', '--out', 'here');
  const ended = ending(child);
  await begun;
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  t.is(code, 130);
  t.regex(stdout, /interrupted: the grid is not complete/);
  t.deepEqual(await list(cwd, 'here'), ['check.json', 'figure.svg']);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [['cwmde'], /^tardigrade: command line: kind: unknown aggregator "cwmde"; .*did you mean "cwmed"\?\n$/],
  [['ctma'], /^tardigrade: command line: base: ctma works on another rule/],
  [['{kind: ctma, lambda: 2, base: gm}'], /^tardigrade: command line: lambda: found 2; it must be < 0\.5\n$/],
  [['clipping,mean'], /radius: is missing/],
  [['nowhere.ts'], /^tardigrade: nowhere\.ts: there is no such file\n$/],
  [['[1'], /is neither a rule's name, a list such as ctma,cwmed, nor YAML\n$/],
  [['gm', '--lambda', '0.6'], /--lambda: Byzantine shares above 0 and below 0\.5 are needed.*got "0\.6"\n$/],
  [['gm', '--workers', '3,x'], /--workers: whole numbers from 2 to 64 are needed.*got "x"\n$/],
  [['gm', '--runs', '0'], /--runs: a whole number from 1 to 1,000,000 is needed, got "0"\n$/],
  [['gm', '--seconds', 'soon'], /--seconds: a number of seconds above 0 is needed, got "soon"\n$/],
];

for (const [args, says] of wrong)
  test.serial(`check ${args.join(' ')} ends with 2, one sentence, and nothing written`, async (t) => {
    const { code, stdout, stderr, cwd } = await check(t, ...args);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, says);
    t.deepEqual(await list(cwd), []);
  });
