import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { markdownOf } from '../../src/cli/list-markdown.js';
import { catalogue } from '../../src/scenario/catalogue.js';

const pageOf = (kind: string): string => join(import.meta.dirname, '..', '..', '..', 'docs', `${kind}.md`);

for (const kind of ['attacks', 'server-attacks'] as const)
  test(`docs/${kind}.md is what \`npm run docs\` makes of the registry`, (t) => {
    t.is(readFileSync(pageOf(kind), 'utf8'), markdownOf(catalogue(kind)));
  });

test('every attack tells whom it sees, what it sends, what it takes and who published it', (t) => {
  const entries = catalogue('attacks');
  t.true(entries.length >= 20);
  for (const { name, knowledge, formula, parameters, source } of entries) {
    t.true(['own', 'honest', 'defence'].includes(knowledge!), name);
    t.true([formula, source, parameters].every(Boolean), name);
  }
});

test('every attack of servers tells what it sends and who published it, and describes its options', (t) => {
  const entries = catalogue('server-attacks');
  t.true(entries.length >= 7);
  for (const { name, formula, parameters, source } of entries)
    t.true([formula, source, ...parameters.map(({ description }) => description)].every(Boolean), name);
});
