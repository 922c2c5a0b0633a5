import test from 'ava';
import { attacks } from '../../src/attacks/index.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { InputError } from '../../src/scenario/input-error.js';
import { yamlSource } from '../../src/scenario/source.js';
import { cellsOf, type Cells, type Trial } from '../../src/study/cells.js';

const base = `name: x
seed: 5
learn: { model: quadratic }
workers: { count: 5, byzantine: 1 }
network: { compute: 1 }
method: { kind: sgd, lr: 0.1 }
aggregator: cwmed
stop: { steps: 50 }
compare: { other: { aggregator: mean } }
`;

const error = { name: 'error', better: 'less' } as const;

const cells = (
  study: string,
  overrides: readonly string[] = [],
  fits: Trial = () => Promise.resolve(error),
): Promise<Cells> => cellsOf(yamlSource(`${base}${study}`, 'f.yaml'), overrides.map(parseOverride), fits);

test('a study runs every combination of its axes with every seed, the first axis outermost', async (t) => {
  const { axes, cells: all } = await cells(
    `study:\n  grid:\n    method.lr: [0.1, 0.2]\n    aggregator: { median: cwmed, average: mean }\n  replications: 2\n`,
  );
  t.deepEqual(axes, [
    { key: 'method.lr', labels: ['0.1', '0.2'] },
    { key: 'aggregator', labels: ['median', 'average'] },
  ]);
  t.deepEqual(
    all.map(({ labels, replication, run: { scenario } }) => [
      ...[labels.join(' '), replication, scenario.seed, scenario.method.lr],
      ...[scenario.aggregator.kind, scenario.compare, scenario.study],
    ]),
    [0.1, 0.2].flatMap((lr) =>
      [
        ['median', 'cwmed'],
        ['average', 'mean'],
      ].flatMap(([label, rule]) =>
        [0, 1].map((run) => [`${lr} ${label}`, run, 5 + run, lr, rule, undefined, undefined]),
      ),
    ),
  );
});

test('overrides reach all cells', async (t) => {
  const { cells: all } = await cells('study: { grid: { aggregator: [mean] } }\n', [
    'study.replications=3',
    'stop.steps=7',
    'seed=100',
  ]);
  t.deepEqual(
    all.map(({ run: { scenario } }) => [scenario.seed, scenario.stop.steps]),
    [
      [100, 7],
      [101, 7],
      [102, 7],
    ],
  );
});

test('all stands for every attack; those that don’t fit are left out and told', async (t) => {
  const { axes, leftOut } = await cellsOf(
    yamlSource(`${base}study:\n  grid: { attack: [all, { kind: little, z: 2 }] }\n`, 'f.yaml'),
    [],
    ({ scenario }) =>
      scenario.attack.kind === 'label-flip' ? Promise.reject(new InputError('no labels')) : Promise.resolve(error),
  );
  const told = leftOut.map(({ label }) => label);
  t.true(told.includes('label-flip'));
  t.is(leftOut.find(({ label }) => label === 'label-flip')!.why, 'no labels');
  t.deepEqual(axes[0]!.labels, [...Object.keys(attacks).filter((name) => !told.includes(name)), 'little (z 2)']);
});

for (const [title, study, overrides, message] of [
  ['no study', '', [], /^f\.yaml: a sweep needs the key study, such as/],
  ['no axis', 'study: { grid: {} }\n', [], /^f\.yaml:10:10: study\.grid: the grid has no axis$/],
  [
    'a wrong key',
    'study:\n  grid:\n    atack: [none]\n',
    [],
    /^f\.yaml:12:13: cell atack = none: unknown key "atack" in the scenario; .*did you mean "attack"/,
  ],
  [
    'a wrong value',
    'study:\n  grid:\n    attack:\n      - none\n      - litle\n',
    [],
    /^f\.yaml:14:9: cell attack = litle: unknown attack "litle".*little/,
  ],
  [
    'a wrong option',
    'study: { grid: { attack: [{ kind: little, x: 1 }] } }\n',
    [],
    /^f\.yaml:10:43: cell attack = little \(x 1\): unknown option "x" of little/,
  ],
  [
    'two of a label',
    'study: { grid: { aggregator: [mean, mean] } }\n',
    [],
    /^f\.yaml:10:18: study\.grid\.aggregator: two values are labelled "mean"; write a mapping/,
  ],
  [
    'all of what can’t be listed',
    'study: { grid: { stop.steps: all } }\n',
    [],
    /"all" stands for everything that attack or timing can be; list the values of stop\.steps/,
  ],
  ['the seed as an axis', 'study: { grid: { seed: [1, 2] } }\n', [], /not the path of a key that an axis can be/],
  [
    'no list',
    'study: { grid: { aggregator: mean } }\n',
    [],
    /^f\.yaml:10:18: study\.grid\.aggregator: found "mean"; all or a list or a mapping/,
  ],
  [
    'a wrong override',
    'study: { grid: { aggregator: [mean] } }\n',
    ['study.replications=0'],
    /^command line, study\.replications=0: study\.replications: /,
  ],
] as const)
  test(`a study with ${title} is refused in one sentence`, async (t) => {
    const error = await t.throwsAsync(() => cells(study, overrides), { instanceOf: InputError });
    t.regex(error.message, message);
    t.false(error.message.includes('\n'));
  });

const refusing =
  (...kinds: readonly string[]): Trial =>
  ({ scenario }) =>
    kinds.some((kind) => [scenario.attack.kind, scenario.aggregator.kind].includes(kind))
      ? Promise.reject(new InputError(`no ${kinds.join()}`))
      : Promise.resolve(error);

test('what doesn’t fit and was written out ends the sweep, also beside all', async (t) => {
  for (const study of [
    'study: { grid: { attack: [label-flip] } }\n',
    'study: { grid: { attack: all, aggregator: [cwmed, mean] } }\n',
  ])
    await t.throwsAsync(() => cells(study, [], refusing('label-flip', 'mean')), { message: 'no label-flip,mean' });
});

test('one of all that fits beside some values only is run with these', async (t) => {
  const {
    axes,
    cells: all,
    leftOut,
  } = await cells('study: { grid: { aggregator: [cwmed, mean], attack: all } }\n', [], ({ scenario }) =>
    scenario.attack.kind === 'empire' && scenario.aggregator.kind === 'mean'
      ? Promise.reject(new InputError('not together'))
      : Promise.resolve(error),
  );
  const having = (kind: string) => all.filter(({ run }) => run.scenario.attack.kind === kind);
  t.is(having('empire').length, 1);
  t.is(having('little').length, 2);
  t.true(axes[1]!.labels.includes('empire'));
  t.like(
    leftOut.find(({ label }) => label === 'empire'),
    { key: 'attack', why: 'not together' },
  );
});

test('a study of which nothing fits, or that compares different scores, is refused', async (t) => {
  const study = 'study: { grid: { timing: all } }\n';
  await t.throwsAsync(() => cells(study, [], () => Promise.reject(new InputError('no'))), { message: 'no' });
  await t.throwsAsync(
    () =>
      cells('study: { grid: { aggregator: [cwmed, mean] } }\n', [], ({ scenario }) =>
        Promise.resolve({ name: scenario.aggregator.kind === 'mean' ? 'accuracy' : 'error', better: 'less' }),
      ),
    {
      message:
        /^cell aggregator = mean is scored by accuracy, and others by error; a study compares runs by one score$/,
    },
  );
});
