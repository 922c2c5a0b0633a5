import test from 'ava';
import { compare, majorOf, type Column } from '../../../bench/same-bits/comparison.js';

const first: Column = { environment: 'here', hashes: { a: '0123456789', b: 'abcdefabcd' } };

test('equal hashes are the same', (t) => {
  t.deepEqual(compare(['a', 'b'], [first, { ...first, environment: 'there' }]), {
    head: ['scenario', 'here', 'there'],
    rows: [
      ['a', '01234567', 'same'],
      ['b', 'abcdefab', 'same'],
    ],
    different: 0,
  });
});

test('a hash that differs is shown and counted, also where what is shown of it does not', (t) => {
  const other: Column = { environment: 'there', hashes: { a: '0123456780', b: 'abcdefabcd' } };
  const third: Column = { environment: 'elsewhere', hashes: { a: '0123456789', b: 'ffffffffff' } };
  const { rows, different } = compare(['a', 'b'], [first, other, third]);
  t.deepEqual(rows, [
    ['a', '01234567', 'DIFFERENT 01234567', 'same'],
    ['b', 'abcdefab', 'same', 'DIFFERENT ffffffff'],
  ]);
  t.is(different, 2);
});

test('a hash that is missing differs, wherever it is missing', (t) => {
  const without: Column = { environment: 'there', hashes: { a: '0123456789' } };
  t.deepEqual(compare(['b'], [first, without]).rows, [['b', 'abcdefab', 'DIFFERENT missing']]);
  t.is(compare(['b'], [first, without]).different, 1);
  t.deepEqual(compare(['b'], [without, first]).rows, [['b', 'missing', 'DIFFERENT abcdefab']]);
  t.is(compare(['b'], [without, without]).different, 2);
  t.is(compare(['b'], [without]).different, 1);
});

test('a Node’s major version is read from what it calls itself', (t) => {
  t.is(majorOf('v20.19.0'), 20);
  t.is(majorOf('24.1.2'), 24);
  t.is(majorOf('?'), NaN);
});
