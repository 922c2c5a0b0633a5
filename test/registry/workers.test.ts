import test from 'ava';
import fc from 'fast-check';
import { idsOf, rangesOf, setOf, workersOption } from '../../src/registry/workers.js';

const ascending = fc.uniqueArray(fc.integer({ min: 1, max: 60 })).map((ids) => ids.sort((a, b) => a - b));

test('a set of ascending ids names them and no others, in as few items as there are gaps', (t) => {
  fc.assert(
    fc.property(ascending, (ids) => {
      const set = setOf(ids);
      t.deepEqual(idsOf(set), ids);
      t.is(set.length, ids.filter((id) => !ids.includes(id + 1)).length);
      t.true(workersOption('', 0).safeParse(set).success);
    }),
  );
});

test('ids come in the order in which they are named, and as often', (t) => {
  t.deepEqual(idsOf([7, '2..4', ' 3 .. 3 ', '9..10']), [7, 2, 3, 4, 3, 9, 10]);
  t.deepEqual(setOf([1, 2, 3, 5, 8, 9]), ['1..3', 5, '8..9']);
  t.deepEqual(rangesOf([5, '2..4']), [[5, 5], [2, 4]]); // prettier-ignore
  for (const item of [0, 1.5, '4..2', '0..3', '1..2000000', 'all', '1-3'])
    t.throws(() => idsOf([item]), { instanceOf: RangeError, message: `workers: ${item} is no range of ids, 1 to 1000000` }); // prettier-ignore
});

test('the schema takes what can be read, and nothing that names more than there can be', (t) => {
  const takes = (set: unknown) => workersOption('').safeParse(set).success;
  for (const set of [[1], ['1..3', 7], ['1..1000000'], ['2..2', '2..2']]) t.true(takes(set), String(set));
  for (const set of [[], [0], [1.5], ['4..2'], ['0..3'], ['1..2000000'], ['x'], ['1-3'], '1..3', ['1..1000000', 1]])
    t.false(takes(set), String(set));
});
