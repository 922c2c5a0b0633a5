import test from 'ava';
import { aligned } from '../../src/report/aligned.js';

test('columns are as wide as their widest cell, to the left or to the right', (t) => {
  const rows = [
    ['name', 'count', ''],
    ['a', '1', 'x'],
    ['longest', '12345678', 'yz'],
  ];
  t.is(
    aligned(rows, ['left', 'right', 'left']),
    ['name        count', 'a               1  x', 'longest  12345678  yz'].join('\n'),
  );
});

test('wide characters count twice, combining ones not at all', (t) => {
  const rows = [
    ['漢字', '1'],
    ['é'.normalize('NFD'), '2'],
  ];
  t.is(aligned(rows, ['left', 'right']), `漢字  1\n${'é'.normalize('NFD')}     2`);
});

test('nothing gives nothing', (t) => {
  t.is(aligned([], ['left']), '');
});
