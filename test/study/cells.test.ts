import test from 'ava';
import { attacks } from '../../src/attacks/index.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { InputError } from '../../src/scenario/input-error.js';
import { yamlSource } from '../../src/scenario/source.js';
import { cellsOf, type Cells } from '../../src/study/cells.js';

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

const cells = (study: string, overrides: readonly string[] = [], fits = () => Promise.resolve()): Promise<Cells> =>
  cellsOf(yamlSource(`${base}${study}`, 'f.yaml'), overrides.map(parseOverride), fits);

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
      scenario.attack.kind === 'label-flip' ? Promise.reject(new InputError('no labels')) : Promise.resolve(),
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

test('an attack that doesn’t fit and isn’t one of all is left to whoever runs it', async (t) => {
  const { cells: all } = await cells('study: { grid: { attack: [label-flip] } }\n', [], () =>
    Promise.reject(new InputError('no labels')),
  );
  t.is(all.length, 1);
});
