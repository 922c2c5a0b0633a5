import test from 'ava';
import { marinaTheory } from '../../src/methods/marina-theory.js';
import { marinaReport, type MarinaRun } from '../../src/scenario/marina-report.js';
import { kappaOf } from '../../src/scenario/robustness.js';

const run: MarinaRun = {
  clients: 20,
  byzantine: 5,
  sample: 4,
  fullSample: 20,
  probability: 0.1,
  stepSize: undefined,
  clip: 2,
  average: false,
  smoothness: 2,
  strongConvexity: 0.5,
  dimension: 9,
  batch: 32,
  rows: 320,
  alike: true,
  unforeseen: [],
  gap: undefined,
  kappa: (count, byzantine) => kappaOf({ kind: 'gm' }, count, byzantine),
  lengthBound: () => 1,
  delta: 0.25,
  c: undefined,
};
const report = (changes: Partial<MarinaRun> = {}) => marinaReport({ ...run, ...changes });

test('numbers are those of the theorems, with a substitute for c', (t) => {
  const { numbers, lines } = report();
  // κ = 2 for 1 of 4 and for 5 of 20; at most 4 and 15 honest ones.
  t.is(numbers.robustness, 14 / 15);
  const { theorems, odds } = marinaTheory({ ...run, delta: 0.25, robustness: 14 / 15, lengthBound: 1 });
  t.is(numbers.good, odds.good);
  t.is(numbers.member, odds.member);
  t.is(numbers.suggestedProbability, 0.1);
  t.is(numbers.applies, '4.2');
  t.is(numbers.theorems!['4.1']!.constant, theorems[0].constant);
  t.is(numbers.theorems!['4.2']!.linearStepSize, theorems[1].linearStepSize);
  t.is(numbers.rate, theorems[1].rate);
  // (1 − ρ)^K ≤ 1e-10.
  t.true((1 - numbers.rate!) ** numbers.rounds! <= 1e-10 * (1 + 1e-6));
  t.true((1 - numbers.rate!) ** (numbers.rounds! - 1) > 1e-10 * (1 - 1e-6));
  t.is(lines.length, 6);
  t.true(lines[2]!.includes('a substitute from proved or published κ'));
});

test('which theorem applies follows from the clipping', (t) => {
  t.is(report({ clip: 4 }).numbers.applies, '4.1');
  const other = report({ clip: 3 });
  t.is(other.numbers.applies, undefined);
  t.is(other.lines.at(-1), 'neither theorem is for clip: 3');
  const none = report({ clip: Infinity });
  t.is(none.numbers.applies, undefined);
  t.is(none.lines.at(-1), 'neither theorem holds without clipping, since a sample may have too many Byzantine workers');
  t.is(report({ clip: Infinity, sample: 20 }).numbers.applies, '4.2');
  t.is(
    report({ average: true }).lines.at(-1),
    'neither theorem is for average: true, which has others (appendix F of the paper)',
  );
});

test('a step that is too long is told', (t) => {
  const { lines, numbers } = report({ stepSize: 1 });
  t.is(lines.at(-1), 'lr 1 is above what theorem 4.2 allows, which promises nothing for it');
  t.deepEqual([numbers.allowed, numbers.rounds], [false, undefined]);
  t.true(report({ stepSize: 1e-4 }).numbers.allowed);
});

test('the first gap is what the rounds begin with', (t) => {
  t.true(report({ gap: 1e-9 }).numbers.rounds! < report().numbers.rounds!);
  t.is(report({ gap: 1e-11 }).numbers.rounds, 0);
  t.true(report({ gap: 0.5 }).lines.at(-1)!.includes('1e-10 from 0.5 in'));
  t.true(report({ alike: false }).lines.at(-1)!.endsWith('but for a neighbourhood, since workers have different rows'));
});

test('without δ the best is chosen among those with enough workers in full rounds', (t) => {
  const { numbers } = report({ delta: undefined });
  t.is(numbers.delta, 0.25);
  const free = report({ delta: undefined, byzantine: 2, fullSample: 20 }).numbers;
  for (const delta of [0.1, 0.25])
    t.true(free.theorems!['4.2']!.constant <= report({ delta, byzantine: 2 }).numbers.theorems!['4.2']!.constant);
});

test('too few workers in full rounds are told', (t) => {
  const { lines, numbers } = report({ fullSample: 10 });
  t.true(lines.includes('fullSample 10 is less than the 20 that the theorems need'));
  t.is(numbers.applies, undefined);
});

test('a rule without a constant leaves the odds, and c can be given', (t) => {
  const unknown = report({ kappa: () => undefined });
  t.is(unknown.numbers.theorems, undefined);
  t.is(unknown.numbers.good, report().numbers.good);
  t.is(unknown.lines.at(-1), 'no constant is known for the rule at δ = 0.25; measure.theory takes one, c, with δ');
  const given = report({ kappa: () => undefined, c: 8 });
  t.is(given.numbers.robustness, 2);
  t.true(given.lines[2]!.includes('as the scenario says'));
  t.is(report({ kappa: () => undefined, byzantine: 12, delta: undefined }).lines.length, 2);
});

test('without μ there is no linear rate', (t) => {
  const { lines, numbers } = report({ strongConvexity: 0 });
  t.is(numbers.rounds, undefined);
  t.false(lines.some((line) => line.includes('linear')));
});
