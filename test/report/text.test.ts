import test from 'ava';
import fc from 'fast-check';
import { duration } from '../../src/report/duration.js';
import { numberText, percentText, scoreText } from '../../src/report/score-text.js';
import { textWidth } from '../../src/report/text-width.js';

test('durations have the unit that people would choose', (t) => {
  const expected: [number, string][] = [
    [0, '0 ms'],
    [0.0123, '0.012 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [340.4, '340 ms'],
    [999.6, '1.00 s'],
    [9994, '9.99 s'],
    [12_345.6, '12.3 s'],
    [59_960, '1 min'],
    [245_000, '4 min 5 s'],
    [3_599_700, '1 h'],
    [7_380_000, '2 h 3 min'],
    [86_399_000, '1 d'],
    [273_600_000, '3 d 4 h'],
    [NaN, '–'],
    [-1, '–'],
  ];
  for (const [ms, text] of expected) t.is(duration(ms), text, String(ms));
});

test('no duration has 60 s, 60 min or 24 h besides a greater unit', (t) => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => {
      t.notRegex(duration(ms), /\b(60(\.0+)? s|60 min|24 h|1000 ms)\b/);
    }),
  );
});

test('accuracies are in per cent, other scores have three digits', (t) => {
  t.is(scoreText('accuracy', 0.94149), '94.1 %');
  t.is(scoreText('testAccuracy', 1), '100.0 %');
  t.is(scoreText('loss', 0.213456), '0.213');
  t.is(scoreText('error', null), '–');
  t.is(percentText(NaN), '–');
});

test('numbers are short at every size', (t) => {
  const expected: [number, string][] = [
    [0, '0.00'],
    [1.2345e-7, '1.23e-7'],
    [-0.5, '-0.500'],
    [41.26, '41.3'],
    [99_999, '99999'],
    [1_234_567, '1.23e6'],
    [Infinity, '–'],
  ];
  for (const [value, text] of expected) t.is(numberText(value), text, String(value));
});

test('widths are those of Helvetica, and add up', (t) => {
  t.is(textWidth('iM', 1000), 222 + 833);
  t.is(textWidth('0', 10), 5.56);
  t.is(textWidth('~ ', 1000), 584 + 278);
  t.is(textWidth('λ', 1000), 600);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      t.true(Math.abs(textWidth(a + b, 11) - textWidth(a, 11) - textWidth(b, 11)) < 1e-9);
    }),
  );
});
