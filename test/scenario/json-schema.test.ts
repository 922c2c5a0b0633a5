import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import { parse } from 'yaml';
import { catalogue } from '../../src/scenario/catalogue.js';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { scenarioSchema } from '../../src/scenario/schema.js';
import { refusal, small } from './small-scenario.js';

type Data = Readonly<Record<string, unknown>>;

const schema = scenarioJsonSchema();
const accepts = new Ajv2020({ strict: false }).compile(schema);

const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
const read = (file: string): Data => parse(readFileSync(`scenarios/${file}`, 'utf8')) as Data;

/** The same with the key at `path` misspelt. */
const misspelt = (data: unknown, [key, ...rest]: readonly string[]): unknown => {
  const entries = Object.entries(data as Data);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (name !== key) return [name, value];
      return rest.length === 0 ? [`${name}x`, value] : [name, misspelt(value, rest)];
    }),
  );
};

/** Paths of the keys whose spelling a schema can know: all but those below `compare` and `study.grid`. */
const keysOf = (data: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof data !== 'object' || data === null || Array.isArray(data) || path[0] === 'compare' || path[1] === 'grid'
    ? []
    : Object.entries(data).flatMap(([key, value]) => [[...path, key], ...keysOf(value, [...path, key])]);

test('it names its draft, and every key of a scenario', (t) => {
  t.is(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
  t.deepEqual(Object.keys(schema.properties as object), Object.keys(scenarioSchema.shape));
  t.deepEqual([...(schema.required as string[])].sort(), ['aggregator', 'learn', 'method', 'stop', 'workers']);
});

test('it accepts every scenario of the project, and none with a misspelt key', (t) => {
  t.true(files.length > 5);
  for (const file of files) {
    const data = read(file);
    t.true(accepts(data), `${file}: ${JSON.stringify(accepts.errors)}`);
    for (const path of keysOf(data)) t.false(accepts(misspelt(data, path)), `${file}: ${path.join('.')}`);
  }
});

test('it accepts a part by any of its words, alone and as a kind, just as scenarios do', async (t) => {
  const keys: Readonly<Record<string, string>> = {
    aggregators: 'aggregator',
    attacks: 'attack',
    protocols: 'protocol',
  };
  for (const { kind, name, aliases, parameters, operator } of catalogue()) {
    const key = keys[kind];
    // Operators need a base.
    if (key === undefined || operator || parameters.some(({ required }) => required)) continue;
    for (const word of [name, ...aliases])
      for (const value of [word, { kind: word }]) {
        const scenario = { ...small, [key]: value };
        t.true(accepts(scenario), `${key}: ${JSON.stringify(value)}`);
        t.is(await refusal(() => resolveScenario(scenario)), undefined);
      }
  }
});

test('every part that a scenario can name is in it, with its options', (t) => {
  const text = JSON.stringify(schema);
  for (const { kind, name, aliases, parameters } of catalogue()) {
    if (kind === 'delays') continue; // they stand within texts
    for (const word of [name, ...aliases]) t.true(text.includes(JSON.stringify(word)), `${kind} ${word}`);
    for (const { name: parameter } of parameters)
      t.true(text.includes(`"${parameter}":`), `${kind} ${name} ${parameter}`);
  }
});

const refused: readonly Data[] = [
  { attack: 'empier' },
  { attack: { kind: 'empire', epsilon: 'much' } },
  { attack: { kind: 'sign-flip', epsilon: 1 } },
  { aggregator: { kind: 'ctma', base: 'gm' } },
  { aggregator: { kind: 'ctma', lambda: 0.3 } },
  { aggregator: { kind: 'ctma', lambda: 0.5, base: 'gm' } },
  { aggregator: { kind: 'ctma', lambda: 0.3, base: 'gmm' } },
  { aggregator: { kind: 'krum', f: -1 } },
  { aggregator: { kind: 'smea' } },
  { aggregator: [] },
  { aggregator: ['gmm'] },
  { method: { kind: 'sgd' } },
  { workers: { count: 0 } },
  { workers: { count: 3, byzantine: 'all' } },
  { workers: { count: 3, byzantine: { kind: 'periodic', start: 1 } } },
  { workers: { count: 3, byzantine: { kind: 'periodic', start: 1, every: 5, nxt: 'random' } } },
  { script: 'at 9s: lr becomes 1' },
  { script: [{ at: '9s', worker: 1, becomes: 'evil' }] },
  { script: [{ at: '9s', wroker: 1, becomes: 'honest' }] },
  { stop: { steps: '50' } },
  { seed: -1 },
  { name: 'a/b' },
];

for (const changes of refused)
  test(`it refuses ${JSON.stringify(changes)}, just as scenarios do`, async (t) => {
    const scenario = { ...small, ...changes };
    t.false(accepts(scenario));
    t.truthy(await refusal(() => resolveScenario(scenario)));
  });

test('it accepts schedules, and entries of a script in every form', (t) => {
  const byzantine = { kind: 'bernoulli', p: 0.1, duration: '3 steps', cap: 1 };
  const script = ['at 9s: lr becomes 1', { 'at 9s': 'lr becomes 1' }, { at: 5, worker: 1, becomes: 'honest' }, { at: '9s', lr: '1/t' }]; // prettier-ignore
  for (const changes of [{ workers: { count: 3, byzantine } }, { script }])
    t.true(accepts({ ...small, ...changes }), JSON.stringify(accepts.errors));
});

test('it accepts ranges of ids wherever workers are listed, and no other text', (t) => {
  const workers = (ids: unknown): readonly object[] => [
    { workers: { count: 9, byzantine: ids } },
    { workers: { count: 9, byzantine: { kind: 'periodic', start: ids, every: 5 } } },
    { workers: { count: 9, availability: [{ workers: ids, kind: 'crash', at: 0 }] } },
    {
      script: [
        { at: 5, workers: ids, becomes: 'honest' },
        { at: '5s', partition: ids, for: '1s' },
      ],
    },
    { timing: { kind: 'selective-delay', bound: '1s', workers: ids } },
    { network: { ...small.network, rules: [{ drop: 0.1, workers: ids }] } },
  ];
  for (const changes of workers(['1..3', 5])) {
    t.true(accepts({ ...small, ...changes }), JSON.stringify(accepts.errors));
    t.truthy(resolveScenario({ ...small, ...changes }));
  }
  for (const changes of workers(['1-3'])) t.false(accepts({ ...small, ...changes }), JSON.stringify(changes));
});

test('it accepts chains and nested operators', (t) => {
  const nested = { kind: 'ctma', lambda: 0.3, base: { kind: 'ctma', lambda: 0.2, base: 'gm' } };
  const chain = [{ kind: 'nnm', f: 1 }, { kind: 'multi-krum', f: 1, variant: 'byzfl' }]; // prettier-ignore
  for (const aggregator of [['gm'], [{ kind: 'ctma', lambda: 0.3 }, 'gm'], nested, chain])
    t.true(accepts({ ...small, aggregator }), JSON.stringify(accepts.errors));
});
