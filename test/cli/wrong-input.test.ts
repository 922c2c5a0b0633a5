import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { stringify } from 'yaml';
import { runCommand, type RunOptions } from '../../src/cli/run.js';
import { InputError } from '../../src/scenario/input-error.js';
import { folder, list, tiny } from './process.js';

interface Case {
  readonly file: string;
  readonly content?: string | Buffer;
  readonly overrides?: readonly string[];
  readonly options?: RunOptions;
  readonly says: RegExp;
}

const yaml = stringify(tiny);
const cases: Readonly<Record<string, Case>> = {
  'a misspelt key': {
    file: 'a.yaml',
    content: yaml.replace('aggregator', 'agregator'),
    says: /a\.yaml:15:1: unknown key "agregator".*"aggregator"\?$/,
  },
  'a misspelt override': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['agregator=gm'],
    says: /^command line, agregator=gm: unknown key/,
  },
  'kernels that there aren’t': {
    file: 'a.yaml',
    content: yaml,
    options: { kernels: 'smid' },
    says: /^command line, --kernels: unknown kernels "smid"; known are simd and plain; did you mean "simd"\?$/,
  },
  'no thread': {
    file: 'a.yaml',
    content: yaml,
    options: { threads: '0' },
    says: /^command line, --threads: a whole number from 1 to \d+ is needed, got "0"$/,
  },
  'a number of threads that is none': {
    file: 'a.yaml',
    content: yaml,
    options: { threads: '2.5' },
    says: /^command line, --threads: a whole number from 1 to \d+ is needed, got "2\.5"$/,
  },
  'a run that doesn’t fit into memory': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['workers.count=100000', 'learn.model.dimension=1000000'],
    says: /workers\.count: a run of 100000 workers with 1000000 parameters needs 3[\d.]+ GB of memory, more than the [\d.]+ GB that/,
  },
  'a quorum that is too small for the rule': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['protocol={kind: synchronous, quorum: 3}', 'aggregator={kind: krum, f: 1}', 'weights=uniform'],
    says: /aggregator: krum with f = 1 needs 5 workers or more, got 3$/,
  },
  'a negative delay': {
    file: 'a.yaml',
    content: yaml.replace('exponential(1 / speed)', '-20ms'),
    says: /a\.yaml:11:3: network\.compute: the delay "-20ms" is -0\.02 s; it must be finite and >= 0$/,
  },
  'a delay that may be negative': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['network.upload=uniform(-1, 1)'],
    says: /can be as low as -1 s/,
  },
  'λ of 1/2': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['aggregator={kind: ctma, lambda: 0.5, base: gm}'],
    says: /aggregator\.lambda: found 0\.5; it must be < 0\.5$/,
  },
  'a Byzantine share of 1/2': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['protocol={kind: asynchronous, arrivals: sampled, byzantineShare: 0.5}'],
    says: /protocol\.byzantineShare: found 0\.5; it must be < 0\.5$/,
  },
  'more liars than workers': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['workers.byzantine=9'],
    says: /9 Byzantine workers of 5 found; at least one worker must be honest$/,
  },
  'an unknown variable': {
    file: 'a.yaml',
    content: yaml.replace('speed: id', 'speed: idd'),
    says: /a\.yaml:9:3: unknown variable "idd" in a formula; allowed are id, group, byzantine, .*"id"\?$/,
  },
  'missing data': {
    file: 'a.yaml',
    content: yaml,
    overrides: ['learn={data: mnist, model: softmax}'],
    says: /learn\.data: there is no file mnist\/train-images.*--data DIR or in TARDIGRADE_DATA$/,
  },
  'an empty file': { file: 'a.yaml', content: '', says: /a\.yaml: the file is empty; a scenario is needed$/ },
  'a missing file': { file: 'none.yaml', says: /none\.yaml: there is no such file$/ },
  'a folder': { file: 'folder.yaml', says: /folder\.yaml: this is a folder; a scenario file is needed$/ },
  'an unknown extension': {
    file: 'a.txt',
    content: yaml,
    says: /a\.txt: a scenario is a \.yaml, \.yml, \.json, \.ts or \.js file$/,
  },
  'no file': { file: '', says: /a scenario is a \.yaml/ },
  'bytes that are no text': {
    file: 'a.yaml',
    content: Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
    says: /a\.yaml:\d+:\d+: /,
  },
  'a key twice': {
    file: 'a.yaml',
    content: `${yaml}attack: none\n`,
    says: /a\.yaml:\d+:1: YAML syntax: Map keys must be unique$/,
  },
  'an unknown tag': {
    file: 'a.yaml',
    content: `seed: !!js/function 1\n${yaml}`,
    says: /a\.yaml:1:1: seed: found "1"; a finite number is needed$/,
  },
  'an option that the data don’t go with': {
    file: 'a.yaml',
    content: stringify({
      ...tiny,
      learn: { data: 'digits', model: 'softmax' },
      attack: { kind: 'backdoor', share: 0.5, target: 10 },
    }),
    says: /a\.yaml:\d+:3: attack\.target: found 10; the 10 classes of digits are 0 to 9$/,
  },
  'a prototype': { file: 'a.yaml', content: `${yaml}__proto__: {}\n`, says: /unknown key "__proto__"/ },
  'a module that throws': {
    file: 'a.js',
    content: 'throw new Error("out of\\nluck")',
    says: /a\.js: this module can't be loaded: out of$/,
  },
  'a module that is none': { file: 'a.ts', content: 'export default {{{', says: /a\.ts: / },
  'a module without a scenario': {
    file: 'a.js',
    content: 'export default 3',
    says: /a\.js: exports no scenario; export one as default$/,
  },
  'a module with functions in it': {
    file: 'a.js',
    content: `export default {...${JSON.stringify(tiny)}, workers: {count: 3, speed: (v) => v.id}}`,
    says: /a\.js: workers\.speed: found a function; a finite number or a text is needed$/,
  },
  'a seed that is none': {
    file: 'a.yaml',
    content: yaml,
    options: { seed: 'abc' },
    says: /^command line, --seed abc: seed: found "abc"; a finite number is needed$/,
  },
  'a seed that is empty': {
    file: 'a.yaml',
    content: yaml,
    options: { seed: '' },
    says: /^command line, --seed: seed: is empty/,
  },
  'a seed beyond numbers': {
    file: 'a.yaml',
    content: yaml,
    options: { seed: '1e400' },
    says: /seed: found Infinity; a finite number is needed$/,
  },
  'a folder without a name': {
    file: 'a.yaml',
    content: yaml,
    options: { out: '' },
    says: /^command line, --out: a folder is needed$/,
  },
  'a mistake in the last run to compare': {
    file: 'a.yaml',
    content: `${yaml}compare:\n  x: { seed: 3 }\n  y: { method.lr: "1 / q" }\n`,
    says: /a\.yaml:\d+:8: compare\.y: unknown variable "q" in a formula/,
  },
  'no network': {
    file: 'a.yaml',
    content: yaml.replace(/network:\n.*\n/, ''),
    overrides: ['seed=3'],
    says: /a\.yaml:1:1: the key "network" is missing/,
  },
};

for (const [what, { file, content, overrides = [], options = {}, says }] of Object.entries(cases))
  test.serial(`${what} is the input’s fault: one sentence, nothing written`, async (t) => {
    const cwd = await folder(t);
    await mkdir(join(cwd, 'folder.yaml'));
    if (content !== undefined) await writeFile(join(cwd, file), content);
    const before = await list(cwd);
    const path = file === '' ? '' : join(cwd, file);
    const error = await t.throwsAsync(
      runCommand(path, overrides, {
        out: join(cwd, 'out'),
        data: join(cwd, 'data'),
        quiet: true,
        json: true,
        ...options,
      }),
      { instanceOf: InputError },
    );
    t.regex(error.message, says);
    t.notRegex(error.message, /\n|[.!]$|undefined|\[object/);
    t.deepEqual(await list(cwd), before);
  });
