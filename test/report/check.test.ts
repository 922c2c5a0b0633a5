import test from 'ava';
import { checkFigureSpec, checkTable, figureSvg, quotientText } from '../../src/report/index.js';

const bound = (value: number) => ({ formula: '1/(1−2λ)', status: 'proved', value });

test('each row tells how much of each bound was found', (t) => {
  const rows = [
    { lambda: 0.1, workers: 3, dimension: 2, ratio: 1, bounds: [bound(1.25)] },
    { lambda: 1 / 3, workers: 10, dimension: 1, ratio: Infinity, bounds: [bound(3)] },
    { lambda: 0.4, workers: 10, dimension: 1, ratio: 500, bounds: [bound(5)] },
  ];
  t.deepEqual(checkTable(rows).split('\n'), [
    '     λ  workers  dimension  worst found  bound (1)   of it',
    '   0.1        3          2       1.0000     1.2500  80.0 %',
    '0.3333       10          1    unbounded     3.0000       –',
    '   0.4       10          1       500.00     5.0000   100 ×',
    '',
    '(1) proved: 1/(1−2λ)',
  ]);
});

test('without bounds there are no columns for them', (t) => {
  t.deepEqual(checkTable([{ lambda: 0.1, workers: 3, dimension: 2, ratio: 2, bounds: [] }]).split('\n'), [
    '  λ  workers  dimension  worst found',
    '0.1        3          2       2.0000',
  ]);
});

test('quotients are told to five digits', (t) => {
  t.deepEqual([0, 2.49996, 123456.7, 1e-5, Infinity, NaN].map(quotientText), [
    '0.0000',
    '2.5000',
    '1.235e5',
    '1.000e-5',
    'unbounded',
    '–',
  ]);
});

test('the figure shows what was found as points and bounds as lines', async (t) => {
  const points = [0.1, 0.2, 0.3].map((lambda) => ({ lambda, value: 1 / (1 - 2 * lambda) }));
  const curves = [
    { name: 'worst found', points: [...points, { lambda: 0.4, value: Infinity }], measured: true },
    { name: 'proved: 1/(1−2λ)', points, measured: false },
  ];
  const svg = await figureSvg(checkFigureSpec(curves, { title: 'a rule', quotient: 'error' }));
  for (const text of ['a rule', 'error', 'worst found', 'proved: 1/(1−2λ)', 'Byzantine share of the weight, λ'])
    t.true(svg.includes(text), text);
  // Three points, and one in the legend.
  t.is(svg.split('aria-roledescription="point"').length + svg.split('mark-symbol').length > 2, true);
  t.throws(() => checkFigureSpec([], { title: '', quotient: '' }), { instanceOf: RangeError });
});

test('nothing finite still makes a figure', async (t) => {
  const curves = [{ name: 'worst found', points: [{ lambda: 0.1, value: Infinity }], measured: true }];
  t.regex(await figureSvg(checkFigureSpec(curves, { title: 'a rule', quotient: 'error' })), /^<svg/);
});
