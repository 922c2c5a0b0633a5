import test from 'ava';
import fc from 'fast-check';
import { chooseScale, linearAxis, logAxis } from '../../src/report/axis.js';

const UNBOUNDED = [-Infinity, Infinity] as const;

test('a log axis runs over whole decades, each labelled', (t) => {
  t.deepEqual(logAxis([0.02, 30, null]), {
    scale: 'log',
    domain: [0.01, 100],
    ticks: [0.01, 0.1, 1, 10, 100].map((value) => ({ value, label: String(value) })),
  });
});

test('short log axes have ticks between decades, long ones powers of ten', (t) => {
  t.deepEqual(
    logAxis([1, 10]).ticks?.map(({ label }) => label),
    ['1', '2', '5', '10'],
  );
  t.deepEqual(
    logAxis([1e-12, 1e12]).ticks?.map(({ label }) => label),
    ['10⁻¹²', '10⁻⁹', '10⁻⁶', '10⁻³', '10⁰', '10³', '10⁶', '10⁹', '10¹²'],
  );
  t.is(logAxis([2e-5, 3e-5]).ticks?.[1]?.label, '2·10⁻⁵');
});

test('a log axis leaves room below for what is not positive', (t) => {
  t.deepEqual(logAxis([1, 50, 0]).domain, [0.1, 100]);
  t.deepEqual(logAxis([2, 50, -1]).domain, [1, 100]);
  t.deepEqual(logAxis([0, null]).domain, [0.1, 1]);
});

test('a log axis contains its values and has few ticks', (t) => {
  const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1 }), (values) => {
      const { domain, ticks } = logAxis(values);
      t.true(values.every((value) => domain[0] <= value && value <= domain[1]));
      t.true(domain[0] < domain[1]);
      t.true(ticks !== null && ticks.length >= 2 && ticks.length <= 9);
    }),
  );
});

test('a single value stands in the middle of a linear axis, within bounds', (t) => {
  t.deepEqual(linearAxis([5, null], UNBOUNDED).domain, [4.5, 5.5]);
  t.deepEqual(linearAxis([0], UNBOUNDED).domain, [-1, 1]);
  t.deepEqual(linearAxis([100], [0, 100]).domain, [90, 100]);
  t.deepEqual(linearAxis([0], [0, 100]).domain, [0, 1]);
  t.deepEqual(linearAxis([null], UNBOUNDED).domain, [0, 1]);
  t.deepEqual(linearAxis([], [0, 100]).domain, [0, 100]);
});

test('the log scale is for values over more than a decade, none negative', (t) => {
  t.is(chooseScale([1, 100]), 'log');
  t.is(chooseScale([0, 1, 100, null]), 'log');
  t.is(chooseScale([1, 10]), 'linear');
  t.is(chooseScale([-1, 1, 100]), 'linear');
  t.is(chooseScale([0, 0]), 'linear');
  t.is(chooseScale([null]), 'linear');
});
