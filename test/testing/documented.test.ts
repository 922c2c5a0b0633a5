import { readFileSync } from 'node:fs';
import test from 'ava';
import { laws } from '../../src/testing/index.js';

/** The page without the padding of its tables. */
const page = readFileSync(new URL('../../../docs/testing.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

test('docs/testing.md tells every law, what it says and who obeys it', (t) => {
  const row = ({ id, name, says, usual, rules }: (typeof laws)[number]): string =>
    `| \`${id}\` | ${name}: ${says} | ${usual ? '**usual**; ' : ''}${rules} |`;
  t.deepEqual(
    laws.map(row).filter((text) => !page.includes(text)),
    [],
  );
});

test('no two laws go by one word or one name', (t) => {
  t.is(new Set(laws.flatMap(({ id, name }) => [id, name])).size, 2 * laws.length);
});
