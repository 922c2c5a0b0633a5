import test from 'ava';
import fc from 'fast-check';
import { compileFormula } from '../../src/scenario/formula.js';
import { refusal } from './small-scenario.js';

const variables = ['x', 'y', 'count'] as const;

const worth = async (text: string): Promise<number> =>
  (await compileFormula(text, { variables }))({ x: 1, y: 2, count: 3 });

const unreachable = [
  'a.b',
  'x.constructor',
  'x["constructor"]',
  'cos.constructor',
  'cos.constructor("return 1")',
  'x.sqrt(4)',
  'f(x) = x',
  'y = 3',
  'x = 1; x',
  '1; 2',
  '"text"',
  "'text'",
  '[1, 2]',
  '[1, 2; 3, 4]',
  '{a: 1}',
  '1:3',
  'import',
  'import("fs")',
  'constructor',
  'constructor("return process")()',
  '__proto__',
  'toString',
  'toString()',
  'hasOwnProperty("x")',
  'eval("1")',
  'evaluate("1")',
  'parse("1")',
  'createUnit("a")',
  'process',
  'globalThis',
  'this',
  'i',
  '2i',
  'null',
  'undefined',
  "x'",
  'x!',
  '5 cm',
  '20 ms',
  'x to y',
  'x & y',
  '~x',
  'x << 2',
  '1 < 2 < 3',
  'random()',
  'now()',
  'valueOf()',
  'x(2)',
  'map(x)',
  'sum(1, 2)',
  'max([1, 2])',
  '',
  '   ',
  '1 +',
  ')',
  'x y)',
  '#',
  '# x',
  'end',
  'x.y.z(1)',
  '(sqrt)(4)(2)',
  '10%',
];

test('nothing but numbers, variables, arithmetic and the listed functions can be reached', async (t) => {
  for (const text of unreachable) {
    const sentence = await refusal(() => worth(text));
    if (text === '10%') continue; // mathjs reads a tenth; a number all the same
    t.truthy(sentence, text);
    t.notRegex(sentence!, /\n|[.]$/, text);
  }
});

test('any text is a number or a sentence, never a mishap', async (t) => {
  const piece = fc.constantFrom(
    'x',
    'y',
    '(',
    ')',
    '+',
    '^',
    '.',
    ',',
    '[',
    ']',
    '"',
    '=',
    ';',
    '?',
    ':',
    'sqrt',
    'a',
    '1',
    ' ',
    '!',
    '{',
    '}',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.array(piece, { maxLength: 10 }).map((all) => all.join('')),
  );
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(text, async (formula) => {
        await refusal(async () => {
          const value = await worth(formula);
          if (typeof value !== 'number') throw new Error(`${formula} is ${typeof value}`);
        });
      }),
      { numRuns: 600 },
    ),
  );
});

const sentences: readonly (readonly [string, RegExp])[] = [
  ['cuont', /^unknown variable "cuont" in a formula; allowed are x, y, count, pi, e; did you mean "count"\?$/],
  ['zzzzzzzz', /^unknown variable "zzzzzzzz" in a formula; allowed are x, y, count, pi, e$/],
  ['sqroot(x)', /^unknown function "sqroot" in a formula; allowed are abs, .*; did you mean "sqrt"\?$/],
  ['sqrt(x, y)', /^sqrt takes 1 argument, 2 found$/],
  ['pow(x)', /^pow takes 2 arguments, 1 found$/],
  ['log(1, 2, 3)', /^log takes 1 to 2 arguments, 3 found$/],
  ['max()', /^max takes 1 or more arguments, 0 found$/],
  ['x +', /^"x \+" is not a formula: Unexpected end of expression/],
  ['', /^found an empty text; a formula is needed$/],
];

for (const [text, pattern] of sentences)
  test(`"${text}" is refused in a sentence that names what is allowed`, async (t) => {
    t.regex((await refusal(() => worth(text)))!, pattern);
  });

test('nesting without end is refused, and long sums are told in short', async (t) => {
  const deep = `${'('.repeat(20_000)}x${')'.repeat(20_000)}`;
  const sentence = (await refusal(() => compileFormula(deep, { variables })))!;
  t.regex(sentence, /nested too deeply$/);
  t.true(sentence.length < 200);
});
