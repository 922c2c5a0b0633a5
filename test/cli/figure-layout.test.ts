import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { folderWithTiny, list, read, tardigrade } from './process.js';

const compare = { plain: { aggregator: 'mean' } };
const laidOut = (...panels: readonly object[]) => ({ label: 'ours', compare, figure: { panels } });

test.serial('panels show the runs, scores and axes that they name', async (t) => {
  const panels = [
    { title: 'Both', against: 'gradients' },
    { title: 'One', runs: ['tiny'], score: 'distance', range: [0.1, 10], scale: 'log' },
  ];
  const cwd = await folderWithTiny(t, laidOut(...panels));
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 0, stderr);
  const svg = await read(cwd, 'out', 'figure.svg');
  for (const text of ['Both', 'One', 'ours', 'plain', 'distance', 'gradient evaluations (minibatches)', 'server steps'])
    t.true(svg.includes(`>${text}<`), text);
});

test.serial('the layout changes nothing but the picture', async (t) => {
  const cwd = await folderWithTiny(t, laidOut({ runs: ['ours', 'plain'] }));
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', '--quiet')).code, 0);
  const [before] = await list(cwd, 'runs');
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', 'figure.panels.0.against=time', '--quiet')).code, 0);
  t.deepEqual(await list(cwd, 'runs'), [before!]);
});

const refused: readonly (readonly [panel: string, place: RegExp])[] = [
  [
    '{ runs: [ours, plian] }',
    /:5:22: unknown run "plian" in a panel; the runs are ours, plain; did you mean "plain"\?\n$/,
  ],
  ['{ score: eror }', /:5:9: unknown score "eror"; measured are error, distance, .*; did you mean "error"\?\n$/],
  [
    '{ against: passes }',
    /:5:9: figure\.panels\.0\.against: the run ours learns from no data, so it can't be drawn against passes\n$/,
  ],
  ['{ range: [2, 1] }', /:5:9: figure\.panels\.0\.range: the first number must be below the second\n$/],
  [
    '{ scale: log, range: [0, 1] }',
    /:5:21: figure\.panels\.0\.range: a log axis lies above 0, and this begins at 0\n$/,
  ],
  ['{ runz: [ours] }', /:5:9: unknown key "runz" in a panel; .*did you mean "runs"\?\n$/],
];

for (const [panel, sentence] of refused)
  test.serial(`refused with its place: ${panel}`, async (t) => {
    const cwd = await folderWithTiny(t);
    const rest = await read(cwd, 'tiny.yaml');
    const head = `label: ours\ncompare: { plain: { aggregator: mean } }\nfigure:\n  panels:\n    - ${panel}\n`;
    await writeFile(join(cwd, 'mine.yaml'), `${head}${rest}`);
    const { code, stderr } = await tardigrade(cwd, 'run', 'mine.yaml', '--out', 'out', '--quiet');
    t.is(code, 2);
    t.regex(stderr, sentence);
    t.false((await list(cwd)).includes('out'), 'nothing was written');
  });

test.serial('shares have ranges in per cent', async (t) => {
  const learn = { data: { kind: 'digits', train: 60, test: 20 }, model: 'softmax' };
  const cwd = await folderWithTiny(t, { learn, attack: 'none', ...laidOut({ range: [0.2, 1] }) });
  const { code, stderr } = await tardigrade(cwd, 'run', 'tiny.yaml', '--out', 'out', '--quiet');
  t.is(code, 2);
  t.regex(
    stderr,
    /figure\.panels\.0\.range: found \[0\.2, 1\]; accuracy is drawn in per cent, so say such as \[80, 100\]\n$/,
  );
  const passes = ['figure.panels.0={ against: passes, range: [0, 100] }', '--out', 'out', '--quiet'];
  t.is((await tardigrade(cwd, 'run', 'tiny.yaml', ...passes)).code, 0);
  t.true((await read(cwd, 'out', 'figure.svg')).includes('>passes over the data<'));
});
