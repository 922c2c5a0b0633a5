import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { kappaOf } from '../../src/scenario/robustness.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { ctma, geometricMedian, medianFilteredMean, trimmedMean, weightedMedian } from '../../src/weighted/index.js';
import { forcedLevels } from './forced-levels.js';

/** C·V with C = √(8 ln(16 m² T)), by Node's own logarithm. */
const deviationOf = (workers: number, horizon: number, noise: number): number =>
  noise * Math.sqrt(8 * Math.log(16 * workers ** 2 * horizon));

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(b);

test('the threshold is (1 + √2)·c_E·C·V/√(2^J), with the run’s T unless another is given', (t) => {
  for (const [options, context, horizon, constant] of [
    [{ noise: 0.3, constant: 2 }, { steps: 100 }, 100, 2],
    [{ noise: 0.3, horizon: 1000 }, { steps: 100, robustness: 4 }, 1000, 3],
    [{ noise: 0.3, constant: 5 }, { steps: 100, robustness: 4 }, 100, 5],
    [{ noise: 0.3 }, { steps: 100, followed: true, robustness: 4 }, 100, 7],
  ] as const)
    for (const level of [1, 2, 6]) {
      const bench = forcedLevels(options, { workers: 2, context });
      bench.begin(level);
      for (const message of bench.messages) message.set([0, 1e9, 0]);
      const { aggregate, tripped } = bench.combine();
      const expected = ((1 + Math.SQRT2) * constant * deviationOf(2, horizon, 0.3)) / Math.sqrt(2 ** level);
      t.deepEqual({ ...tripped, threshold: 0 }, { level, distance: 1e9, threshold: 0 });
      t.true(near(tripped!.threshold, expected), `${tripped!.threshold} ${expected}`);
      t.deepEqual(aggregate, [0]);
    }
});

test('just below the threshold the level counts, just above it is left out, and level 0 is what remains', (t) => {
  const threshold = ((1 + Math.SQRT2) * 2 * deviationOf(1, 64, 1)) / 2;
  for (const [share, trips] of [
    [1 - 1e-9, false],
    [1 + 1e-9, true],
  ] as const) {
    // prettier-ignore
    const bench = forcedLevels({ noise: 1, constant: 2, horizon: 64 });
    bench.begin(2);
    bench.messages[0]!.set([5, share * threshold, 0]);
    const { aggregate, tripped } = bench.combine();
    t.is(tripped !== undefined, trips);
    t.true(near(aggregate[0]!, trips ? 5 : 5 + 4 * share * threshold));
  }
});

test('level 1 is compared with level 0, and the part that isn’t used isn’t read', (t) => {
  const bench = forcedLevels({ noise: 1, constant: 2, horizon: 64 });
  bench.begin(1);
  bench.messages[0]!.set([5, 6, NaN]);
  t.deepEqual(bench.combine(), { aggregate: [7], tripped: undefined });
  bench.begin(7);
  bench.messages[0]!.set([5, NaN, NaN]);
  t.deepEqual(bench.combine(), { aggregate: [5], tripped: undefined });
});

test('what isn’t a number, or too large to be one, is rejected at its level', (t) => {
  for (const message of [
    [5, NaN, 0],
    [5, 0, NaN],
    [5, Infinity, 0],
    [5, Infinity, Infinity],
    [5, 1e300, -1e300],
  ]) {
    // prettier-ignore
    const bench = forcedLevels({ noise: 1, constant: 2, horizon: 64 });
    bench.begin(3);
    bench.messages[0]!.set(message);
    const { aggregate, tripped } = bench.combine();
    t.is(tripped?.level, 3);
    t.false(tripped!.distance <= tripped!.threshold);
    t.deepEqual(aggregate, [5]);
  }
});

interface Defence {
  readonly rule: AggregatorRule;
  readonly followed?: true;
  readonly kappa?: number;
}

/** A rule for n vectors of which f are Byzantine, with its κ. */
const defences: Readonly<Record<string, (n: number, f: number) => Defence>> = {
  cwmed: (n, f) => ({ rule: weightedMedian(), kappa: kappaOf({ kind: 'cwmed' }, n, f)!.kappa }),
  gm: (n, f) => ({ rule: geometricMedian(), kappa: kappaOf({ kind: 'gm' }, n, f)!.kappa }),
  trmean: (n, f) => ({ rule: trimmedMean({ f }), kappa: kappaOf({ kind: 'trmean', f }, n, f)!.kappa }),
  ctma: (n, f) => ({
    rule: ctma({ lambda: f / n })(weightedMedian()),
    kappa: kappaOf({ kind: 'ctma', lambda: f / n, base: { kind: 'cwmed' } }, n, f)!.kappa,
  }),
  mfm: () => ({ rule: medianFilteredMean({ threshold: 'method' }), followed: true }),
};

const unit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
const anything = fc.oneof(
  fc.double({ min: -20, max: 20, noNaN: true }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1e12, -1e12),
);

for (const [name, defenceOf] of Object.entries(defences))
  testProp(
    `with all honest means within R_j of the gradient the filter lets every round pass: ${name}`,
    [
      fc.integer({ min: 3, max: 9 }),
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.array(unit, { minLength: 3, maxLength: 3 }), { minLength: 9, maxLength: 9 }),
      fc.array(fc.array(anything, { minLength: 6, maxLength: 6 }), { minLength: 4, maxLength: 4 }),
      fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })),
    ],
    (t, n, liars, level, honest, lies, gradient) => {
      const f = liars % Math.ceil(n / 2);
      const { rule, followed, kappa } = defenceOf(n, f);
      const bench = forcedLevels(
        { noise: 0.2, horizon: 100 },
        { workers: n, dimension: 2, rule, context: { followed: followed ?? false, robustness: kappa } },
      );
      bench.begin(level);
      const deviation = deviationOf(n, 100, 0.2) * (1 - 1e-9);
      bench.messages.forEach((message, worker) => {
        if (worker < f) {
          message.set(lies[worker]!);
          return;
        }
        [0, level, level - 1].forEach((j, part) => {
          const [length, turn] = honest[worker]![part]!;
          const radius = (deviation / Math.sqrt(2 ** j)) * length;
          message.set([gradient[0] + radius * Math.cos(7 * turn), gradient[1] + radius * Math.sin(7 * turn)], 2 * part);
        });
      });
      const { aggregate, tripped } = bench.combine();
      t.is(tripped, undefined);
      // What passes is as near as both estimates, 2^J-fold, allow.
      const most = (followed ? 7 : 1 + Math.sqrt(kappa!)) * deviation * (1 + (1 + Math.SQRT2) * Math.sqrt(2 ** level));
      t.true(Math.hypot(aggregate[0]! - gradient[0], aggregate[1]! - gradient[1]) <= most * (1 + 1e-6));
    },
    { numRuns: 300 },
  );

test('without κ’s worth of honest vectors the filter is what stops a level', (t) => {
  const bench = forcedLevels({ noise: 0.2, horizon: 100, constant: 1 }, { workers: 3 });
  bench.begin(4);
  bench.messages.forEach((message, worker) => message.set(worker === 0 ? [1, 1e6, -1e6] : [1, 1, 1]));
  const { aggregate, tripped } = bench.combine();
  t.deepEqual(aggregate, [1]);
  t.true(near(tripped!.distance, 2e6 / 3));
});
