import test from 'ava';
import { Box } from '../../../src/engine/cluster/box.js';
import type { Letter } from '../../../src/engine/cluster/letter.js';
import { Sheets } from '../../../src/engine/cluster/sheets.js';
import { plainKernels } from '../../../src/kernels/index.js';

const setUp = () => {
  const sheets = new Sheets(plainKernels().memory, 'float64', 2, 4);
  const letter = (from: number, step: number): Letter => ({
    ...{ from, to: 9, content: 'model', step, sheet: sheets.take(), forged: false, depth: 1, loss: NaN, round: 0 },
  });
  return { sheets, box: new Box(sheets), letter };
};

test('a box keeps one letter of each sender for a step, in the order of arrival', (t) => {
  const { box, letter } = setUp();
  const letters = [letter(3, 0), letter(1, 0), letter(3, 0), letter(3, 1)];
  t.deepEqual(
    letters.map((each) => box.add(each)),
    ['taken', 'taken', 'duplicate', 'taken'],
  );
  t.deepEqual([box.senders(0), box.senders(1), box.senders(2)], [[3, 1], [3], []]);
  t.deepEqual([box.count(0), box.count(1), box.count(2)], [2, 1, 0]);
  t.deepEqual(box.first(0, 1), [letters[0]]);
  t.deepEqual(box.first(0), letters.slice(0, 2));
  t.deepEqual(
    letters.map(({ sheet }) => sheet!.holders),
    [1, 1, 0, 1],
  );
});

test('what comes after its step is over is late; what was kept of it is let go of', (t) => {
  const { box, letter } = setUp();
  const [old, next] = [letter(1, 0), letter(1, 2)];
  for (const each of [old, next]) box.add(each);
  box.close(2);
  t.deepEqual([old.sheet!.holders, next.sheet!.holders, box.count(0), box.count(2)], [0, 1, 0, 1]);
  const late = letter(2, 1);
  t.is(box.add(late), 'late');
  t.is(late.sheet!.holders, 0);
  box.close(1);
  t.is(box.add(letter(2, 1)), 'late', 'what is over stays over');
  t.is(box.count(2), 1);
});

test('letters without a sheet are kept all the same', (t) => {
  const { box, letter } = setUp();
  t.is(box.add({ ...letter(1, 0), sheet: undefined, forged: true }), 'taken');
  t.notThrows(() => box.close(1));
});
