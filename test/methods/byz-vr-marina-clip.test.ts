import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import {
  bucketing,
  geometricMedian,
  krum,
  trimmedMean,
  weightedMean,
  weightedMedian,
  type AggregatorRule,
} from '../../src/weighted/index.js';
import { leastSquares, length, minus, stage } from './marina-stage.js';

const problem = { workers: 9, dimension: 5, rows: 8, batch: 2 };
const tight = { lr: 0.1, probability: 0.2, sample: 4, fullSample: 9, clip: 1 } as const;

const root = Math.sqrt(Math.min(4, problem.dimension));

/** Rules with their F_A for 4 vectors of 5 numbers. */
const rules: readonly (readonly [name: string, rule: AggregatorRule, bound: number])[] = [
  ['cwmed', weightedMedian(), root],
  ['gm', geometricMedian(), 1],
  ['krum', krum({ f: 0 }), 1],
  ['mean', weightedMean(), 1],
  ['trmean', trimmedMean({ lambda: 0.25 }), root],
  ['bucketing over cwmed', bucketing()(weightedMedian()), Math.SQRT2],
  ['bucketing over gm', bucketing()(geometricMedian()), 1],
  ['bucketing over mean', bucketing({ size: 3 })(weightedMean()), 1],
];

const wild = fc.oneof(
  fc.double({ noDefaultInfinity: false, noNaN: false }),
  fc.constantFrom(NaN, Infinity, -Infinity, Number.MAX_VALUE, -1e200, 1e-200, 0),
  fc.double({ min: -10, max: 10, noNaN: true }),
);
const lies = fc.array(fc.array(wild, { minLength: 5, maxLength: 5 }), { minLength: 9, maxLength: 9 });

for (const [name, rule, bound] of rules)
  testProp(
    `‖g^{k+1} − g^k‖ ≤ F_A·λ whatever is sent, even if all who are called lie: ${name}`,
    [fc.array(lies, { minLength: 8, maxLength: 8 }), fc.integer({ min: 0, max: 9 }), fc.integer(), fc.boolean()],
    (t, rounds, liars, seed, average) => {
      const { play } = stage({ ...tight, average }, leastSquares(problem), rule, { seed });
      for (const sent of rounds) {
        // Full gradients are true, since no clipping bounds what would come of others.
        const { full, before, after, radius } = play((worker, own, inFull) =>
          worker < liars && !inFull ? sent[worker]! : own,
        );
        if (full) continue;
        t.true(length(minus(after, before)) <= (average ? 1 : bound) * radius * (1 + 1e-12) + 1e-12 * length(before));
      }
    },
    { numRuns: 15 },
  );

test('without clipping one lie moves the estimate anywhere: the bound is the clipping’s', (t) => {
  const { play } = stage({ ...tight, clip: 'none' }, leastSquares(problem), weightedMean());
  play();
  for (;;) {
    const { full, before, after, radius } = play((_, own) => own.map(() => 1e9));
    if (full) continue;
    t.is(radius, Infinity);
    t.true(length(minus(after, before)) > 1e8);
    return;
  }
});

test('what is longer than λ is shortened to λ along its direction, what isn’t stays, what has no direction is 0', (t) => {
  const { play } = stage({ ...tight, probability: 1e-9, sample: 6 }, leastSquares(problem), weightedMean());
  play();
  const huge = [3e200, 0, -4e200, 0, 0];
  const sent: readonly ((radius: number) => number[])[] = [
    (radius) => [0, 2 * radius, 0, 0, 0],
    (radius) => [radius * 0.6, 0, 0, 0, 0],
    () => huge,
    () => [NaN, 1, 1, 1, 1],
    () => [1, Infinity, 1, 1, 1],
    () => [Number.MAX_VALUE, Number.MAX_VALUE, 0, 0, 0],
  ];
  const { radius } = play();
  // λ is known from the run's own state before the round is played.
  const next = stage({ ...tight, probability: 1e-9, sample: 6 }, leastSquares(problem), weightedMean());
  next.play();
  let at = 0;
  const { given } = next.play(() => sent[at++]!(radius));
  const close = (a: readonly number[], b: readonly number[]) =>
    t.true(length(minus(a, b)) <= 1e-14 * radius, String(a));
  close(given[0]!, [0, radius, 0, 0, 0]);
  t.deepEqual(given[1], [radius * 0.6, 0, 0, 0, 0]);
  close(given[2]!, [radius * 0.6, 0, -radius * 0.8, 0, 0]);
  t.deepEqual(given[3], [0, 0, 0, 0, 0]);
  t.deepEqual(given[4], [0, 0, 0, 0, 0]);
  close(given[5]!, [radius * Math.SQRT1_2, radius * Math.SQRT1_2, 0, 0, 0]);
});

test('the first round is full; λ is α times how far the model has moved; honest differences are no longer than it', (t) => {
  const chosen = leastSquares(problem);
  const { play, model } = stage({ ...tight, clip: 0.3 }, chosen, weightedMean());
  let previous = Array.from(model);
  t.true(play().full);
  let shortened = 0;
  for (let k = 0; k < 60; k++) {
    const here = Array.from(model);
    const { full, called, written, radius } = play();
    t.true(Math.abs(radius - 0.3 * length(minus(here, previous))) <= 1e-15);
    for (const [i, worker] of called.entries()) {
      if (full) continue;
      const rows = chosen.drawn[worker]!.at(-1)!;
      const difference = minus(chosen.gradientOf(here, rows), chosen.gradientOf(previous, rows));
      const cut = length(difference) > radius ? radius / length(difference) : 1;
      if (cut < 1) shortened += 1;
      t.true(length(written[i]!) <= length(difference) * (1 + 1e-15));
      t.true(
        length(
          minus(
            written[i]!,
            difference.map((value) => value * cut),
          ),
        ) <= 1e-15,
      );
    }
    previous = here;
  }
  t.true(shortened > 10);
});
