import test from 'ava';
import fc from 'fast-check';
import { all, create } from 'mathjs/number';
import { compileFormula, timeUnits } from '../../src/scenario/formula.js';
import { refusal } from './small-scenario.js';

const variables = ['x', 'y', 'count'] as const;
type Values = Readonly<Record<(typeof variables)[number], number>>;

const ours = async (text: string, values: Values): Promise<number> =>
  (await compileFormula(text, { variables }))(values);

/** As mathjs comes, numbers that differ by less than 1e-12 of themselves are equal; here, only those that are. */
const strict = create(all!, { relTol: Number.MIN_VALUE, absTol: 0 });
// JavaScript gives NaN to 1^∞, IEEE 754 gives 1, and so do formulas.
strict.import(
  { pow: (a: number, b: number) => (Math.abs(a) === 1 && Math.abs(b) === Infinity ? 1 : Math.pow(a, b)) },
  { override: true },
);
const generous = create(all!);

/** mathjs's own answer, on numbers; it says true and false where a formula says 1 and 0. */
const theirs = (text: string, values: Values, math = strict): number => Number(math.evaluate(text, { ...values }));

/** Equal to 1e-12, relative to the greatest number met; NaN and infinities alike. */
const alike = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

const binary = (
  tie: (inner: fc.Arbitrary<string>) => fc.Arbitrary<string>,
  leaf: fc.Arbitrary<string>,
  depth: number,
) => {
  let expression = leaf;
  for (let i = 0; i < depth; i++) expression = fc.oneof(leaf, tie(expression));
  return expression;
};

const leaf = fc.oneof(
  fc.constantFrom(...variables, 'pi', 'e', '0', '1', '2', '0.5', '1e3', '2.5e-3', 'true', 'false', 'Infinity', 'NaN'),
  fc.integer({ min: 0, max: 40 }).map(String),
);

const combine = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.tuple(inner, fc.constantFrom('+', '-', '*', '/', '^'), inner).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(fc.constantFrom('abs', 'exp', 'log', 'sqrt'), inner).map(([f, a]) => `${f}(${a})`),
    fc
      .tuple(fc.constantFrom('max', 'min'), fc.array(inner, { minLength: 1, maxLength: 4 }))
      .map(([f, all]) => `${f}(${all.join(', ')})`),
    fc.tuple(inner, inner).map(([a, b]) => `pow(${a}, ${b})`),
    // A base of 0 or NaN is no base to mathjs, which then takes the natural logarithm.
    fc.tuple(inner, fc.integer({ min: 2, max: 20 })).map(([a, b]) => `log(${a}, ${b})`),
    fc.tuple(fc.constantFrom('and', 'or'), inner, inner).map(([op, a, b]) => `((${a}) ${op} (${b}))`),
    inner.map((a) => `not (${a})`),
    fc.tuple(inner, inner, inner).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    fc
      .tuple(inner, fc.constantFrom('<', '<=', '>', '>=', '==', '!=', 'mod'), inner)
      .map(([a, op, b]) => `((${a}) ${op} (${b}))`),
    fc.tuple(fc.constantFrom('floor', 'ceil', 'round'), inner).map(([f, a]) => `${f}(${a})`),
    inner.map((a) => `-(${a})`),
  );

const values = fc.record({
  x: fc.double({ min: -20, max: 20, noNaN: true }),
  y: fc.double({ min: 0.01, max: 5, noNaN: true }),
  count: fc.integer({ min: 1, max: 1000 }),
});

/**
 * A sum may lose the digits on which an answer rests, and then says nothing; so the answer is also asked for at values
 * moved by 1e-15, and only what stays put is compared.
 */
const steady = (text: string, at: Values): boolean => {
  const here = theirs(text, at);
  return [1 - 1e-15, 1 + 1e-15].every((factor) => {
    const there = theirs(text, { ...at, x: at.x * factor, y: at.y * factor });
    return Object.is(here, there) || here === there || Math.abs(here - there) <= 1e-13 * Math.abs(here);
  });
};

test('a formula is worth what mathjs says', async (t) => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(binary(combine, leaf, 3), values, async (text, at) => {
      if (!steady(text, at)) return;
      const [a, b] = [await ours(text, at), theirs(text, at)];
      compared += 1;
      if (!alike(a, b)) throw new Error(`${text} at ${JSON.stringify(at)}: ${a} instead of ${b}`);
    }),
    { numRuns: 1500 },
  );
  t.true(compared > 300, `${compared} compared`);
});

test('precedence, implicit products and units of the parser are kept', async (t) => {
  const at = { x: 3, y: 2, count: 4 };
  for (const text of [
    '-x^2',
    '2^3^2',
    '1/2 x',
    '2 x y',
    'x - y - 1',
    'x / y / 2',
    '2^-1',
    'not x == 0',
    '10 mod 4 * 2',
    'x % y',
  ])
    t.is(await ours(text, at), theirs(text, at), text);
  for (const [text, value] of [
    ['-x^2', -9],
    ['2^3^2', 512],
    ['1/2 x', 1.5],
    ['1e-3', 0.001],
    ['.5', 0.5],
    [' 7 ', 7],
  ] as const)
    t.is(await ours(text, at), value, text);
});

test('remainders, rounding and truth are those of mathjs at their edges', async (t) => {
  const at = { x: -2.5, y: 0, count: 1 };
  const texts = [
    'mod(7, 0)',
    'mod(-7, 3)',
    'mod(7, -3)',
    'x mod 2',
    'round(x)',
    'round(2.5)',
    'round(-0.4)',
    'NaN ? 1 : 2',
  ];
  for (const text of [
    ...texts,
    'NaN and 1',
    'NaN or 0',
    'not NaN',
    'Infinity and 1',
    '1 / y',
    '-1 / y',
    'y / y',
    'log(y)',
    'sqrt(x)',
  ])
    t.true(alike(await ours(text, at), theirs(text, at)), `${text}: ${await ours(text, at)} ${theirs(text, at)}`);
});

test('powers are those of IEEE 754 at their edges', async (t) => {
  const power = (a: number, b: number): Promise<number> => ours('x ^ y', { x: a, y: b, count: 1 });
  const bases = [0, 1, -1, 2, -2, 0.5, -0.5, -3, 2.5, 1e300, -1e300, Infinity, -Infinity, NaN];
  for (const a of bases)
    for (const b of [...bases, 1e17, -1e17, 3, 2 ** 53 + 2]) {
      const expected = Math.abs(a) === 1 && Math.abs(b) === Infinity ? 1 : Math.pow(a, b);
      t.true(alike(await power(a, b), expected), `${a}^${b}: ${await power(a, b)} instead of ${expected}`);
    }
  t.is(await power(NaN, 0), 1);
});

test('where mathjs is generous, a formula is exact: nearly equal is not equal, and no number is complex', async (t) => {
  const at = { x: 1 + 1e-14, y: 3 - 1e-14, count: 1 };
  t.is(await ours('x == 1', at), 0);
  t.is(theirs('x == 1', at, generous), 1);
  t.is(await ours('floor(y)', at), 2);
  t.is(theirs('floor(y)', at, generous), 3);
  t.is(await ours('sign(x)', { ...at, x: NaN }), NaN);
  for (const text of ['sqrt(-1)', 'log(-1)', '(-8)^(1/3)']) t.is(await ours(text, at), NaN, text);
});

test('units of time are numbers of seconds, where a formula gives a time', async (t) => {
  for (const [unit, seconds] of Object.entries(timeUnits))
    t.true(alike((await compileFormula(`20 ${unit}`, { variables: [], time: true }))({}), 20 * seconds), unit);
  t.is((await compileFormula('1 min + 30s', { variables: [], time: true }))({}), 90);
  t.is((await compileFormula('min(3, 2) min', { variables: [], time: true }))({}), 120);
  t.regex((await refusal(() => compileFormula('20 mss', { variables: [], time: true })))!, /did you mean "ms"\?$/);
});

test('a variable goes before a constant or a unit of the same name', async (t) => {
  t.is((await compileFormula('s + e', { variables: ['s', 'e'], time: true }))({ s: 5, e: 7 }), 12);
});
