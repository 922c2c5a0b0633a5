import test from 'ava';
import fc from 'fast-check';
import { objectSource, yamlSource } from '../../src/scenario/source.js';
import { refusal } from './small-scenario.js';

const text = `# a comment
name: x
learn:
  model: { kind: quadratic,
           dimension: 3 }
workers:

  count: 5
  byzantine: [1, 7]
"quoted key": 1
`;

test('a key is located by file, line and column; an unknown one by the nearest key above it', (t) => {
  const { locate } = yamlSource(text, 'f.yaml');
  const places: readonly (readonly [readonly (string | number)[], string])[] = [
    [['name'], '2:1'],
    [['learn'], '3:1'],
    [['learn', 'model'], '4:3'],
    [['learn', 'model', 'dimension'], '5:12'],
    [['learn', 'model', 'nothing'], '4:3'],
    [['learn', 'nothing', 'more'], '3:1'],
    [['workers', 'count'], '8:3'],
    [['workers', 'byzantine', 0], '9:15'],
    [['workers', 'byzantine', '1'], '9:18'],
    [['workers', 'byzantine', 5], '9:3'],
    [['workers', 'byzantine', 'base'], '9:3'],
    [['quoted key'], '10:1'],
    [['nothing'], '2:1'],
    [[], '2:1'],
  ];
  for (const [path, place] of places) t.is(locate(path), `f.yaml:${place}`, path.join('.'));
});

test('each key of generated YAML is found on its own line', (t) => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 0, max: 5 }), (names, blank) => {
      const written = `${'\n'.repeat(blank)}top:\n${names.map((name) => `    k${name}: 1`).join('\n')}\n`;
      const { locate } = yamlSource(written, 'f');
      names.forEach((name, i) => t.is(locate(['top', `k${name}`]), `f:${blank + 2 + i}:5`));
    }),
    { numRuns: 50 },
  );
});

const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, i) => {
    const before = 'abcdefgh'[i]!;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
  }),
].join('\n');

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an empty file', '', /^f\.yaml: the file is empty; a scenario is needed$/],
  ['a comment only', '# nothing\n', /^f\.yaml: the file is empty/],
  ['a text', 'just text', /^f\.yaml:1:1: a mapping of keys to values is needed/],
  ['a list', '\n- 1\n', /^f\.yaml:2:1: a mapping of keys to values is needed/],
  ['an open bracket', 'a: [1, 2\nb: 3\n', /^f\.yaml:2:1: YAML syntax: /],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', /^f\.yaml:3:1: YAML syntax: Map keys must be unique$/],
  ['a tab as indentation', 'a:\n\tb: 1\n', /^f\.yaml:\d+:\d+: YAML syntax: /],
  ['two documents', 'a: 1\n---\nb: 1\n', /^f\.yaml:2:1: YAML syntax: /],
  ['an alias of nothing', 'a: *b\n', /^f\.yaml:?.*[Uu]nresolved alias/],
  ['a bomb of aliases', bomb, /^f\.yaml: Excessive alias count/],
  ['endless nesting', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /^f\.yaml:1:\d+: YAML syntax: /],
];

for (const [what, written, pattern] of refused)
  test(`${what} is refused in one line with its place`, async (t) => {
    const sentence = (await refusal(() => yamlSource(written, 'f.yaml')))!;
    t.regex(sentence, pattern);
    t.notRegex(sentence, /\n/);
  });

test('any text is read or refused in a sentence', async (t) => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&x ',
    '*x',
    '!t ',
    '"',
    "'",
    '|',
    '>',
    '#',
    '? ',
    '---\n',
    '%',
    '\t',
    '<<: ',
  );
  const written = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(piece, { maxLength: 15 }).map((all) => all.join('')),
  );
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(written, async (given) => {
        await refusal(() => yamlSource(given, 'f.yaml').locate(['a', 'b', 0]));
      }),
      { numRuns: 500 },
    ),
  );
});

test('a program’s scenario has its file for a place', (t) => {
  t.is(objectSource({ a: 1 }, 'f.ts').locate(['a', 'b']), 'f.ts');
});
