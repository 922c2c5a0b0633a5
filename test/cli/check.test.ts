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
  t.regex(stdout, /^import \{ assertRobustAt \} from 'tardigrade\/testing';$/m);
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
  t.deepEqual(await list(cwd), ['mine.js']);
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
  const long = ['--runs', '1', '--tries', '1000000000', '--quiet'];
  const { code, stdout, cwd } = await check(t, 'cwmed', '--seconds', '0.5', ...long);
  t.is(code, 0);
  t.regex(stdout, /^out of time: the grid is not complete: 0 of 45 searches are done$/m);
  t.regex(stdout, /^every claimed bound holds in what was tried until then$/m);
  t.like(await readJson(cwd, 'runs', 'check-cwmed', 'check.json'), {
    status: 'out of time',
    searches: { done: 0, total: 45 },
  });
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test.serial(
    `${signal} ends a hunt within a search; what it found is told, and nothing half-written stays`,
    async (t) => {
      const cwd = await folder(t);
      const begun = seen(cwd, (file) => file === 'here');
      const child = start(cwd, 'check', 'cwmed', '--runs', '1', '--tries', '1000000000', '--out', 'here');
      const ended = ending(child);
      await begun;
      child.kill(signal);
      const { code, stdout, stderr } = await ended;
      t.deepEqual([code, stderr], [130, 'tardigrade: interrupted; what was found so far is written\n']);
      t.regex(stdout, /^interrupted: the grid is not complete/m);
      t.like(await readJson(cwd, 'here', 'check.json'), { status: 'interrupted' });
      t.true((await list(cwd, 'here')).every((file) => ['check.json', 'figure.svg'].includes(file)));
    },
  );

test.serial('a closed pipe changes neither the exit code nor what is written', async (t) => {
  const cwd = await folder(t);
  const child = start(cwd, 'check', 'mean', '--json', '--lambda', '0.1', '--workers', '3', ...quick);
  child.stdout?.destroy();
  t.is((await ending(child)).code, 1);
  t.like(await readJson(cwd, 'runs', 'check-mean', 'check.json'), { broken: true, status: 'finished' });
});

test.serial('a lambda that is no share doesn’t say what a rule is to withstand', async (t) => {
  const cwd = await folder(t);
  const chain = '[{ kind: clipped-differences, lambda: 0.001 }, cwmed]';
  const child = start(cwd, 'check', chain, '--lambda', '0.3', '--workers', '5', ...quick);
  t.is((await ending(child)).code, 0);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [['cwmde'], /^tardigrade: command line: kind: unknown aggregator "cwmde"; .*did you mean "cwmed"\?\n$/],
  [['ctma'], /^tardigrade: command line: base: ctma works on another rule/],
  [['{kind: ctma, lambda: 2, base: gm}'], /^tardigrade: command line: lambda: found 2; it must be < 0\.5\n$/],
  [['clipping,mean'], /^tardigrade: command line: rule 1 of the list: radius: is missing/],
  [['clipped-differences,mean'], /^tardigrade: command line: rule 1 of the list: lambda: is missing/],
  [['nowhere.ts'], /^tardigrade: nowhere\.ts: there is no such file\n$/],
  [['[1'], /is neither a rule's name, a list such as ctma,cwmed, nor YAML: Flow sequence must .*\n$/],
  [['{kind: krum'], /nor YAML: Flow map must .*\n$/],
  [['cwmed,'], /^tardigrade: command line: "cwmed,": name 2 of the list is empty\n$/],
  [['nnm,krmu'], /^tardigrade: command line: rule 2 of the list: kind: unknown aggregator "krmu"; .*"krum"\?\n$/],
  [[''], /^tardigrade: command line: the name of a rule is needed, such as cwmed\n$/],
  [['/'], /^tardigrade: \/: this is a folder; a module that exports a rule is needed\n$/],
  [['gm', '--dimension', '0'], /--dimension: whole numbers from 1 to 1,000 are needed, such as 1,2,3; got "0"\n$/],
  [['gm', '--workers', '1e9'], /--workers: whole numbers from 2 to 64 are needed, such as 3,5,9; got "1e9"\n$/],
  [['gm', '--lambda', '-1'], /--lambda: Byzantine shares above 0 and below 0\.5 are needed.*got "-1"\n$/],
  [['gm', '--out', ''], /^tardigrade: command line, --out: a folder is needed\n$/],
  [['gm', '--out', '/proc/x'], /^tardigrade: \/proc\/x: the folder for the results can't be made: .*\n$/],
  [['gm', '--out', '/dev/null/x'], /^tardigrade: \/dev\/null\/x: the folder for the results can't be made: .*\n$/],
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
