import test from 'ava';
import fc from 'fast-check';
import { result } from '../../src/testing/law.js';
import { rules } from '../laws/rules.js';

/** Rules that withstand nobody, and what hands vectors on that are means of several, so that few holes may be in most of them. */
const exempt = (name: string): boolean => /(^|∘)mean$/.test(name) || name.startsWith('bucketing∘');

const BYZANTINE = 2;
const WORKERS = 11;

/** Eleven vectors, of which two at most have holes, whichever: some of their numbers, or all, are NaN. */
const holed = fc
  .record({
    dimension: fc.integer({ min: 1, max: 5 }),
    values: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 55, maxLength: 55 }),
    workers: fc.uniqueArray(fc.nat(WORKERS - 1), { minLength: 1, maxLength: BYZANTINE }),
    lost: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  })
  .map(({ dimension, values, workers, lost }) => ({
    vectors: Array.from({ length: WORKERS }, (_, i) =>
      Array.from({ length: dimension }, (_unused, k) =>
        workers.includes(i) && lost[(5 * workers.indexOf(i) + k) % 10] ? NaN : values[5 * i + k]!,
      ),
    ),
    weights: new Array<number>(WORKERS).fill(1),
    // What the server trusts comes from itself, or by a link that loses nothing.
    trusted: Array.from({ length: WORKERS }, (_, i) => i).find((i) => !workers.includes(i))!,
  }));

for (const rule of rules.filter(({ name }) => !exempt(name)))
  test(`while messages of at most f workers have holes, what ${rule.name} makes of them is finite`, (t) => {
    const numRuns = rule.base === null ? 200 : 40;
    fc.assert(
      fc.property(holed, ({ trusted, ...set }) => {
        t.true(result(rule, set, BYZANTINE / WORKERS, trusted).every(Number.isFinite));
      }),
      { numRuns },
    );
  });

test('the plain mean lets a single hole through', (t) => {
  const mean = rules.find(({ name }) => name === 'mean')!;
  const vectors = Array.from({ length: WORKERS }, (_, i) => [i === 3 ? NaN : i, i]);
  t.deepEqual(result(mean, { vectors, weights: vectors.map(() => 1) }), [NaN, 5]);
});
