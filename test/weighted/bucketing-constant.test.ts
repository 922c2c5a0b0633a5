import test from 'ava';
import fc from 'fast-check';
import { bucketingConstant } from '../../src/weighted/bucketing-constant.js';

const orders = (values: readonly number[]): number[][] =>
  values.length === 0
    ? [[]]
    : values.flatMap((value, i) =>
        orders([...values.slice(0, i), ...values.slice(i + 1)]).map((rest) => [value, ...rest]),
      );

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** The mean of (median of buckets − honest mean)² over all orders, over the honest variance. */
const measured = (honest: readonly number[], liars: readonly number[], size: number): number => {
  const mean = honest.reduce((sum, value) => sum + value, 0) / honest.length;
  const variance = honest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / honest.length;
  const errors = orders([...honest, ...liars]).map((order) => {
    const buckets: number[] = [];
    for (let i = 0; i < order.length; i += size) {
      const bucket = order.slice(i, i + size);
      buckets.push(bucket.reduce((sum, value) => sum + value, 0) / bucket.length);
    }
    return (median(buckets) - mean) ** 2;
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length / variance;
};

test('the mean error over all orders is within the constant, for medians of buckets', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 6 }).filter((all) => new Set(all).size > 1),
      fc.constantFrom<readonly number[]>([], [1000], [-7], [3]),
      (honest, liars) => {
        const count = honest.length + liars.length;
        const buckets = Math.ceil(count / 2);
        const share = liars.length / buckets;
        const most = bucketingConstant({ count, byzantine: liars.length, size: 2, base: 1 / (1 - 2 * share) });
        t.true(measured(honest, liars, 2) <= most! * (1 + 1e-9));
      },
    ),
    { numRuns: 25 },
  );
});

test('buckets of one leave the base as it is when no vector is Byzantine, and means of equal buckets are the mean', (t) => {
  t.true(Math.abs(bucketingConstant({ count: 6, byzantine: 0, size: 1, base: 3 })! - 3) < 1e-12);
  t.true(Math.abs(bucketingConstant({ count: 6, byzantine: 0, size: 2, base: 0 })!) < 1e-12);
});

test('with a Byzantine vector for each bucket there is none, and with a single honest one no error', (t) => {
  t.is(bucketingConstant({ count: 4, byzantine: 2, size: 2, base: 1 }), undefined);
  t.is(bucketingConstant({ count: 2, byzantine: 1, size: 1, base: 1 }), 0);
});
