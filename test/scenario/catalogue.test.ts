import test from 'ava';
import { catalogue, catalogueKinds } from '../../src/scenario/catalogue.js';
import { attacks } from '../../src/attacks/index.js';
import { serverAttacks } from '../../src/attacks/servers/index.js';
import { timings } from '../../src/attacks/timing/index.js';
import { networkRules } from '../../src/carriers/index.js';
import { compressors } from '../../src/compressors/index.js';
import { datasets, partitions } from '../../src/learning/data/index.js';
import { models } from '../../src/learning/index.js';
import { methods } from '../../src/methods/index.js';
import { availabilities } from '../../src/network/index.js';
import { policies } from '../../src/policies/index.js';
import { protocols } from '../../src/protocols/index.js';
import { distributions } from '../../src/random/index.js';
import { delayForms } from '../../src/scenario/delay-forms.js';
import { switchings } from '../../src/switching/index.js';
import { aggregators, operators } from '../../src/weighted/index.js';

const registries: Readonly<Record<string, object>> = {
  aggregators: { ...aggregators, ...operators },
  attacks,
  timings,
  'server-attacks': serverAttacks,
  switchings,
  methods,
  protocols,
  policies,
  delays: { ...distributions, ...delayForms },
  availabilities,
  'network-rules': networkRules,
  compressors,
  models,
  datasets,
  partitions,
};

test('the catalogue holds every registered part, by kind, in order, and nothing else', (t) => {
  t.deepEqual([...catalogueKinds].sort(), Object.keys(registries).sort());
  for (const kind of catalogueKinds)
    t.deepEqual(
      catalogue(kind).map(({ name }) => name),
      Object.keys(registries[kind]!),
    );
  t.deepEqual(
    catalogue(),
    catalogueKinds.flatMap((kind) => catalogue(kind)),
  );
});

test('each entry says what it is, where it comes from, and what each of its parameters means', (t) => {
  for (const { kind, name, summary, source, parameters } of catalogue()) {
    const what = `${kind} ${name}`;
    t.true(summary.length > 10 && source.length > 3, what);
    for (const { name: parameter, description, required, default: value } of parameters) {
      t.truthy(description, `${what}: ${parameter}`);
      t.false(required && value !== undefined, `${what}: ${parameter} is required and has a default`);
    }
  }
});

test('operators are told apart from rules', (t) => {
  const found = catalogue('aggregators')
    .filter(({ operator }) => operator)
    .map(({ name }) => name);
  t.deepEqual(found, Object.keys(operators));
  t.true(catalogue('attacks').every((entry) => !('operator' in entry)));
});

test('parameters show what is required and what the defaults are', (t) => {
  const ctma = catalogue('aggregators').find(({ name }) => name === 'ctma')!;
  t.like(
    ctma.parameters.find(({ name }) => name === 'lambda'),
    { required: true },
  );
  const little = catalogue('attacks').find(({ name }) => name === 'little')!;
  t.like(
    little.parameters.find(({ name }) => name === 'z'),
    { required: false, default: 'max' },
  );
});

test('the catalogue is plain data', (t) => {
  t.deepEqual(JSON.parse(JSON.stringify(catalogue())), catalogue());
});
