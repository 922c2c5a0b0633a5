import test from 'ava';
import { groupsOf, matrixOf, type EndedCell } from '../../src/study/matrix.js';
import { studyCsv, studyTable } from '../../src/study/study-table.js';

const axes = [
  { key: 'attack', labels: ['a', 'b, c'] },
  { key: 'aggregator', labels: ['x', 'y'] },
];
const error = { name: 'error', better: 'less' } as const;
const cell = (row: string, column: string, seed: number, value: number | null, why?: string): EndedCell => ({
  ...{ labels: [row, column], seed, value },
  ...(why === undefined ? {} : { why }),
});
const cells = [
  ...[cell('a', 'x', 1, 1), cell('a', 'x', 2, 3), cell('a', 'y', 1, 4), cell('a', 'y', 2, 4)],
  ...[cell('b, c', 'x', 1, 1), cell('b, c', 'x', 2, 1), cell('b, c', 'y', 1, 5, 'all waits'), cell('b, c', 'y', 2, 1)],
];

test('runs of one combination are taken together, and one that stuck leaves no mean', (t) => {
  const groups = groupsOf(cells);
  t.deepEqual(
    groups.map(({ labels, seeds, mean, stuck }) => [labels, seeds, mean, stuck]),
    [
      [['a', 'x'], [1, 2], 2, 0],
      [['a', 'y'], [1, 2], 4, 0],
      [['b, c', 'x'], [1, 2], 1, 0],
      [['b, c', 'y'], [1, 2], null, 1],
    ],
  );
  t.deepEqual(groups[3]!.whys, ['all waits', null]);
});

for (const [better, row] of [
  ['less', 'a'],
  ['more', 'b, c'],
] as const)
  test(`the worst row of a column, where ${better} is better; what has no mean is the worst, and what stuck isn’t asked`, (t) => {
    const matrix = matrixOf(axes, groupsOf(cells), { name: 'error', better })!;
    t.deepEqual(
      matrix.worst.map(({ column, row }) => [column, row]),
      [
        ['x', row],
        ['y', 'a'],
      ],
    );
  });

test('the table has a row for each attack, then the worst of each defence', (t) => {
  const groups = groupsOf(cells);
  t.is(
    studyTable(axes, groups, error, matrixOf(axes, groups, error)),
    [
      '                        x            y',
      'a             2.00 ± 12.7  4.00 ± 0.00',
      'b, c          1.00 ± 0.00        stuck',
      '',
      'worst attack            a            a',
      '              2.00 ± 12.7  4.00 ± 0.00',
    ].join('\n'),
  );
});

test('of more columns than a terminal has room for, the table has the worst of each', (t) => {
  const many = Array.from({ length: 9 }, (_, i) => `rule ${i}`);
  const wide = [axes[0]!, { key: 'aggregator', labels: many }];
  const groups = groupsOf(many.flatMap((rule, i) => [cell('a', rule, 1, i), cell('b, c', rule, 1, 4)]));
  const lines = studyTable(wide, groups, error, matrixOf(wide, groups, error)).split('\n');
  t.deepEqual(
    [lines[0], lines[1], lines[9]],
    [
      'aggregator  worst attack  error at the end',
      'rule 0      b, c                      4.00',
      'rule 8      a                         8.00',
    ],
  );
});

test('with another number of axes, the table lists combinations', (t) => {
  const groups = groupsOf([{ labels: ['a'], seed: 1, value: null }]);
  t.is(matrixOf([axes[0]!], groups, error), undefined);
  t.is(
    studyTable([axes[0]!], groups, error, undefined),
    ['attack  runs  error at the end', 'a          1                 ∞'].join('\n'),
  );
});

test('each run is a line of the CSV file', (t) => {
  t.deepEqual(studyCsv(axes, groupsOf(cells), error).split('\n'), [
    'attack,aggregator,seed,error,stuck',
    'a,x,1,1,',
    'a,x,2,3,',
    'a,y,1,4,',
    'a,y,2,4,',
    '"b, c",x,1,1,',
    '"b, c",x,2,1,',
    '"b, c",y,1,,all waits',
    '"b, c",y,2,1,',
    '',
  ]);
});
