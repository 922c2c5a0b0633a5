import test from 'ava';
import fc from 'fast-check';

import { scanDecimal } from '../../../src/learning/data/scan-decimal.js';

const scan = (text: string, from = 0) => {
  const out = { value: NaN, end: -1 };
  scanDecimal(new TextEncoder().encode(text), from, out);
  return out;
};

test('reads decimals to the bit, as Number does', (t) => {
  const decimal = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
    fc.tuple(fc.integer({ min: -99999, max: 99999 }), fc.nat(9999999)).map(([a, b]) => `${a}.${b}`),
    fc.stringMatching(/^[+-]?[0-9]{1,25}\.[0-9]{0,25}([eE][+-]?[0-9]{1,2})?$/),
    fc.stringMatching(/^[+-]?\.[0-9]{1,25}$/),
  );
  fc.assert(
    fc.property(decimal, (text) => {
      t.deepEqual(scan(text), { value: Number(text), end: text.length });
    }),
  );
});

test('stops behind the number', (t) => {
  t.deepEqual(scan('12:3.5 7', 3), { value: 3.5, end: 6 });
  t.deepEqual(scan('1e', 0), { value: 1, end: 1 });
  t.deepEqual(scan('2e+x', 0), { value: 2, end: 1 });
  t.deepEqual(scan('1.5.2', 0), { value: 1.5, end: 3 });
});

for (const text of ['', '-', '+.', '.', 'e5', 'nan', 'Infinity', '1e999', '--1', ' 1']) {
  test(`finds no number in "${text}"`, (t) => {
    t.is(scan(text).end, 0);
  });
}
