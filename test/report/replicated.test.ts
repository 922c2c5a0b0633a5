import test from 'ava';
import fc from 'fast-check';
import type { Measurement } from '../../src/report/measurements.js';
import { banded, matched } from '../../src/report/replicated.js';

const at = (step: number, time: number): Measurement => ({
  ...{ time, step, messages: step, byzantineShare: 0, stalenessMean: 0 },
});

test('a single run is drawn as it is, without an interval', (t) => {
  t.deepEqual(banded([3], 'linear'), { y: 3, low: null, high: null });
  t.deepEqual(banded([-3], 'log'), { y: -3, low: null, high: null });
});

test('the interval on a linear axis is Student’s', (t) => {
  // Mean 3, deviation √2.5; t(0.975, 4) = 2.7764451.
  const { y, low, high } = banded([1, 2, 3, 4, 5], 'linear');
  t.is(y, 3);
  t.true(Math.abs(high! - 3 - 2.7764451 * Math.sqrt(2.5 / 5)) < 1e-6);
  t.true(Math.abs(low! + high! - 6) < 1e-12);
});

test('on a log axis mean and interval are of the logarithm', (t) => {
  const { y, low, high } = banded([1, 100], 'log');
  t.true(Math.abs(y! - 10) < 1e-12);
  // The logarithms 0 and ln 100 have the mean ln 10 and the half-width t(0.975, 1) · ln 10, t = 12.7062047.
  t.true(Math.abs(high! / 10 ** (1 + 12.7062047) - 1) < 1e-6);
  t.true(Math.abs(low! * 10 ** (12.7062047 - 1) - 1) < 1e-6);
});

test('on a log axis the interval lies about the mean and above 0; a value of 0 or less can’t be drawn', (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 8 }), (values) => {
      const { y, low, high } = banded(values, 'log');
      if (low !== null) t.true(low > 0 && low <= y! && y! <= high! && Number.isFinite(high));
      t.deepEqual(banded([...values, 0], 'log'), { y: 0, low: null, high: null });
    }),
  );
});

test('a replication that diverged makes the point null', (t) => {
  for (const scale of ['linear', 'log'] as const)
    t.deepEqual(banded([1, null, 2], scale), { y: null, low: null, high: null });
});

test('measurements are matched by index; the end of a shorter run is no match for others’ moments', (t) => {
  const [long, short, ended] = [
    [at(0, 0), at(10, 3), at(20, 6), at(27, 8)],
    [at(0, 0), at(10, 4), at(20, 7)],
    [at(0, 0), at(10, 5), at(13, 8.5)],
  ] as const;
  t.deepEqual(matched([long, long]), [long, long]);
  t.deepEqual(matched([long, short]), [long.slice(0, 3), short]);
  t.deepEqual(matched([long, ended]), [long.slice(0, 2), ended.slice(0, 2)]);
  t.deepEqual(matched([long, []]), [[], []]);
});
