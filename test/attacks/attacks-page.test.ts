import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { markdownOf } from '../../src/cli/list-markdown.js';
import { catalogue } from '../../src/scenario/catalogue.js';

const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'attacks.md');

test('docs/attacks.md is what `npm run docs` makes of the registry', (t) => {
  t.is(readFileSync(page, 'utf8'), markdownOf(catalogue('attacks')));
});

test('every attack tells whom it sees, what it sends, what it takes and who published it', (t) => {
  const entries = catalogue('attacks');
  t.true(entries.length >= 20);
  for (const { name, knowledge, formula, parameters, source } of entries) {
    t.true(['own', 'honest', 'defence'].includes(knowledge!), name);
    t.true([formula, source, parameters].every(Boolean), name);
  }
});
