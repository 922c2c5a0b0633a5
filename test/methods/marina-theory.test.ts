import test from 'ava';
import fc from 'fast-check';
import {
  marinaTheory,
  raggFromKappa,
  roundsTo,
  suggestedProbability,
  type MarinaTheoryOptions,
} from '../../src/methods/marina-theory.js';

const near = (a: number, b: number, relative = 1e-12): boolean => Math.abs(a - b) <= relative * Math.abs(b);

const plain: MarinaTheoryOptions = {
  clients: 20,
  byzantine: 5,
  sample: 4,
  fullSample: 20,
  probability: 0.1,
  delta: 0.25,
  robustness: 0.5,
  lengthBound: 2,
  smoothness: 3,
  strongConvexity: 0.5,
};

const constants = (options: Partial<MarinaTheoryOptions> = {}) =>
  marinaTheory({ ...plain, ...options }).theorems.map(({ constant }) => constant);

// 15 of 20 honest, 4 drawn, 3 or more of them honest: (455·5 + 1365)/4845 = 3640/4845, E[t | good]/G = (3·2275 + 4·1365)/3640/15 = 0.225.
const good = 3640 / 4845;
const member = 0.225;

test('A of both theorems, worked out by hand', (t) => {
  const { odds } = marinaTheory(plain);
  t.true(near(odds.good, good) && near(odds.member, member));
  const [first, second] = constants();
  t.true(near(first!, ((32 * good * 15 * member) / (0.01 * 0.75 * 4)) * 11 * 2 + (16 * (1 - good) * 17) / 0.01));
  t.true(
    near(second!, ((4 * good * 15 * member) / (0.1 * 3)) * (2 / 3 + (8 * 4 * 0.5) / 0.1) + (8 * (1 - good) * 6) / 0.01),
  );
  const [third, fourth] = constants({ omega: 2, longest: 3 });
  t.true(near(third!, ((32 * good * 15 * member) / 0.03) * 71 * 2 + (16 * (1 - good) * 17) / 0.01));
  t.true(
    near(fourth!, ((4 * good * 15 * member) / 0.3) * (8 / 3 + (8 * 14 * 0.5) / 0.1) + (8 * (1 - good) * 38) / 0.01),
  );
});

test('clips, step sizes and rates', (t) => {
  const { theorems } = marinaTheory({ ...plain, longest: 3 });
  t.deepEqual(
    theorems.map(({ clip }) => clip),
    [6, 9],
  );
  for (const { constant, stepSize, linearStepSize, usedStepSize, allowed, rate } of theorems) {
    t.true(near(stepSize, 1 / (3 * (1 + Math.sqrt(constant)))));
    t.true(near(linearStepSize, 1 / (3 * (1 + Math.sqrt(2 * constant)))));
    t.is(usedStepSize, linearStepSize);
    t.true(allowed);
    t.is(rate, 0.5 * linearStepSize);
  }
  const [slow, fast] = marinaTheory({ ...plain, stepSize: 10 }).theorems;
  t.deepEqual([slow.rate, fast.rate], [0.1 / 8, 0.1 / 4]);
  t.false(slow.allowed || fast.allowed);
});

test('different rows leave a neighbourhood, in proportion to ζ²', (t) => {
  // Ĉ = n: D̂ = 2/(0.75)·(6·cδ·G/Ĉ + pδ) with 𝒫 = 1.
  const drift = (2 / 0.75) * ((6 * 0.5 * 15) / 20 + 0.1 * 0.25);
  const [first, second] = marinaTheory({ ...plain, heterogeneity: 3 }).theorems;
  t.true(near(first.gradientFloor, (4 * drift * 9) / 0.1) && near(second.gradientFloor, (2 * drift * 9) / 0.1));
  t.true(near(first.neighbourhood, (first.gradientFloor * first.usedStepSize) / first.rate));
  t.true(marinaTheory(plain).theorems.every((each) => each.neighbourhood === 0 && each.gradientFloor === 0));
  // Fewer than all: D̃ = 𝒫·G/((1 − δ)·Ĉ) more; a sample of 19 has 14 or 15 honest ones, good with at least 15.
  const few = marinaTheory({ ...plain, fullSample: 19, heterogeneity: 3 }).theorems[1];
  const alike = (2 / 0.75) * ((6 * 0.5 * 15) / 19 + 0.1 * 0.25) + 15 / (0.75 * 19);
  t.true(near(few.gradientFloor, (2 * alike * 9) / 0.1));
});

test('with full participation A has no term of bad samples', (t) => {
  const [, second] = constants({ sample: 20, lengthBound: 1e6 });
  t.true(near(second!, ((4 * 15) / (0.1 * 15)) * (2 / 15 + (8 * 4 * 0.5) / 0.1)));
});

test('how many have to take part in rounds of full gradients', (t) => {
  const full = (fullSample: number, delta: number, byzantine = 5) => {
    const { leastFullSample, fullSampleIsEnough } = marinaTheory({ ...plain, fullSample, delta, byzantine });
    return [leastFullSample, fullSampleIsEnough];
  };
  t.deepEqual(full(20, 0.25), [20, true]);
  t.deepEqual(full(19, 0.25), [20, false]);
  t.deepEqual(full(20, 0.2), [25, false]);
  t.deepEqual(full(10, 0.4, 4), [10, true]);
  t.deepEqual(full(4, 0, 0), [1, true]);
  t.deepEqual(full(20, 0), [Infinity, false]);
});

test('A falls as p grows, and grows with ω, cδ, F_A and D_Q', (t) => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      (probability, amount, more) => {
        const base = { probability, omega: amount, robustness: amount, lengthBound: amount, longest: 1 + amount };
        const here = constants(base);
        const least = (changes: Partial<MarinaTheoryOptions>) => constants({ ...base, ...changes });
        t.true(least({ probability: Math.min(1, probability * 1.1) }).every((value, i) => value < here[i]!));
        for (const key of ['omega', 'robustness', 'lengthBound'] as const)
          t.true(
            least({ [key]: amount + more }).every((value, i) => value > here[i]!),
            key,
          );
        t.is(least({ longest: 1 + amount + more })[0], here[0]);
        t.true(least({ longest: 1 + amount + more, lengthBound: 1 })[1]! > least({ lengthBound: 1 })[1]!);
      },
    ),
  );
});

test('c·δ from κ is what the definition’s pairs make of it', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 8 }), (values) => {
      const k = values.length;
      const mean = values.reduce((sum, value) => sum + value, 0) / k;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / k;
      const pairs = values.flatMap((a) => values.map((b) => (a - b) ** 2)).reduce((sum, each) => sum + each, 0);
      t.true(Math.abs(raggFromKappa(7, k) * (pairs / (k * (k - 1))) - 7 * variance) < 1e-9 * (1 + variance));
    }),
  );
  t.is(raggFromKappa(7, 1), 0);
  t.throws(() => raggFromKappa(-1, 3), { message: 'kappa is a number of at least 0, got -1' });
});

test('the suggested p is the least of three shares', (t) => {
  const costs = { sample: 4, clients: 20, batch: 32, rows: 32_000, density: 10, dimension: 100 };
  t.is(suggestedProbability(costs), 0.001);
  t.is(suggestedProbability({ ...costs, rows: 32 }), 0.1);
  t.is(suggestedProbability({ ...costs, rows: 32, density: 100 }), 0.2);
  t.is(suggestedProbability({ ...costs, sample: 20, rows: 1, density: 100 }), 1);
  t.throws(() => suggestedProbability({ ...costs, rows: 0 }), { message: 'rows is a number above 0, got 0' });
});

test('rounds are the first after which the bound is met', (t) => {
  for (const [rate, from, to] of [
    [0.1, 1, 1e-10],
    [0.5, 3, 0.75],
    [1e-3, 0.32, 1e-10],
  ] as const) {
    const rounds = roundsTo(rate, from, to);
    const left = (count: number) => from * (1 - rate) ** count;
    t.true(left(rounds) <= to * (1 + 1e-9) && left(rounds - 1) > to * (1 - 1e-9));
  }
  t.deepEqual([roundsTo(0.1, 1, 2), roundsTo(0, 2, 1), roundsTo(1, 2, 1)], [0, Infinity, 1]);
  t.true(roundsTo(1e-18, 2, 1) > 1e17);
  t.throws(() => roundsTo(2, 2, 1), { message: 'rate is from 0 to 1, got 2' });
});

test('what is out of range is told in a sentence', (t) => {
  const message = (changes: Partial<MarinaTheoryOptions>) =>
    t.throws(() => marinaTheory({ ...plain, ...changes }), { instanceOf: RangeError }).message;
  t.is(message({ byzantine: 20 }), 'byzantine is a whole number from 0 to 19, got 20');
  t.is(message({ fullSample: 3 }), 'fullSample is a whole number from 4 to 20, got 3');
  t.is(message({ probability: 0 }), 'probability is above 0 and at most 1, got 0');
  t.is(message({ smoothness: 0 }), 'smoothness is a number above 0, got 0');
  t.is(message({ longest: 0.5 }), 'longest is a number of at least 1, got 0.5');
  t.is(message({ stepSize: -1 }), 'stepSize is a number above 0, got -1');
  t.is(message({ delta: NaN }), 'delta is at least 0 and below 1/2, got NaN');
  t.is(message({ robustness: Infinity }), 'robustness is a number of at least 0, got Infinity');
});
