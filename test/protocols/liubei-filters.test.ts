import test from 'ava';
import fc from 'fast-check';
import { LipschitzFilter, modelsFactor } from '../../src/protocols/liubei-filters.js';

test('the models filter’s factor, by hand', (t) => {
  // (3·5 + 2)(10 − 3)/(4·3) = 119/12.
  const bound = { period: 5, workers: 10, byzantine: 3 };
  t.is(modelsFactor({ ...bound, step: 1 }), 119 / 12);
  t.is(modelsFactor({ ...bound, step: 3 }), 119 / 12 + 4);
  t.is(modelsFactor({ ...bound, step: 5 }), 119 / 12 + 8);
  t.is(modelsFactor({ ...bound, step: 6 }), 119 / 12, 'it begins anew after a gather');
  t.is(modelsFactor({ period: 1, workers: 3, byzantine: 1, step: 8 }), 2.5);
});

test('without Byzantine workers there is no bound', (t) => {
  t.is(modelsFactor({ period: 5, workers: 10, byzantine: 0, step: 3 }), Infinity);
});

const verdicts = (filter: LipschitzFilter, ...coefficients: readonly number[]): readonly boolean[] =>
  coefficients.map((k) => filter.accepts(k));

test('the Lipschitz filter’s quantile of three in four, by hand', (t) => {
  // Of 1, 2 and 3 all are asked for, of four the third, of five the fourth, of six the fifth.
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 1, 2, 3), [true, true, true]);
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 1, 2, 3, 4), [true, true, true, false]);
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 1, 2, 3, 3), [true, true, true, true], 'a tie is not above');
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 4, 3, 2, 1, 3), [true, true, true, true, true]);
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 4, 3, 2, 1, 3.5, 3.5), [true, true, true, true, true, true]);
  t.deepEqual(verdicts(new LipschitzFilter(4, 1), 1, 1, 1, 9, 5, 3).slice(3), [false, true, true]);
});

test('what it refused counts in its history', (t) => {
  const filter = new LipschitzFilter(4, 1);
  verdicts(filter, 1, 1, 1, 9, 9, 9);
  t.true(filter.accepts(9), 'of 1, 1, 1, 9, 9, 9, 9 the sixth is 9');
});

test('what isn’t finite is refused and not remembered', (t) => {
  const filter = new LipschitzFilter(4, 1);
  t.deepEqual(verdicts(filter, NaN, Infinity, 5), [false, false, true]);
  t.deepEqual(verdicts(filter, 6, 7, 8), [true, true, false], 'three are remembered');
});

test('at a hundred it forgets all but the latest fifty', (t) => {
  const filter = new LipschitzFilter(4, 1);
  for (let i = 0; i < 50; i++) filter.accepts(1000);
  for (let i = 0; i < 49; i++) filter.accepts(1);
  // With the hundredth the fifty of 1000 are gone: of 49 ones and a 2 the 38th is 1.
  t.false(filter.accepts(2));
  t.true(filter.accepts(1));
});

test('without Byzantine servers all are accepted', (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 300 }), (all) => {
      const filter = new LipschitzFilter(3, 0);
      t.true(all.every((k) => filter.accepts(k)));
    }),
  );
});

test('it accepts just what at least the share (n − f)/n of its history is not below', (t) => {
  const few = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 99 });
  fc.assert(
    fc.property(few, fc.integer({ min: 1, max: 5 }), fc.nat({ max: 6 }), (all, f, more) => {
      const n = 2 * f + 1 + more;
      const filter = new LipschitzFilter(n, f);
      const last = verdicts(filter, ...all).at(-1);
      const k = all.at(-1)!;
      // Fewer than the share are smaller than k, or the quantile would be below it.
      const smaller = all.filter((other) => other < k).length;
      t.is(last, smaller * n < all.length * (n - f));
    }),
  );
});

test('f of n coefficients can’t lift the quantile above the largest honest one', (t) => {
  const values = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(values, (honest) => {
      const filter = new LipschitzFilter(4, 1);
      const rounds = Math.floor(honest.length / 3);
      for (let i = 0; i < rounds; i++) {
        verdicts(filter, ...honest.slice(3 * i, 3 * i + 3));
        // Of every four the fourth is a liar's, far above; refused from the first on.
        t.false(filter.accepts(1e6 + i));
      }
    }),
  );
});
