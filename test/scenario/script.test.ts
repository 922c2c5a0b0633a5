import test from 'ava';
import { parse } from 'yaml';
import { simulate } from '../../src/engine/index.js';
import { resolveSource } from '../../src/scenario/resolve.js';
import { yamlSource } from '../../src/scenario/source.js';
import { stringify } from 'yaml';
import { build, refusal, small, smallBut } from './small-scenario.js';

const of = (script: unknown) => smallBut({ script }).script;

test('lines and keys say the same', (t) => {
  const keys = [
    { at: '30s', workers: [3], becomes: 'byzantine' },
    { at: '10 steps', workers: [1, 2], becomes: 'honest' },
    { at: '60s', lr: 0.001 },
    { at: '90s', lr: '0.1 / t' },
  ];
  t.deepEqual(of(keys) as unknown, keys);
  t.deepEqual(of([{ at: '30s', worker: 3, becomes: 'byzantine' }, ...keys.slice(1)]) as unknown, keys);
  const lines = [
    'at 30s: worker 3 turns byzantine',
    'at 10 steps: workers 1 and 2 turn honest',
    'at 60s: lr becomes 0.001',
    'At 90s : lr becomes 0.1 / t',
  ];
  t.deepEqual(of(lines) as unknown, keys);
  // YAML takes an unquoted line for a mapping with one key.
  t.deepEqual(of(parse(lines.map((line) => `- ${line}`).join('\n'))) as unknown, keys);
  t.deepEqual(of(of(lines)) as unknown, keys);
});

test('a partition in keys and in lines, and in the run', async (t) => {
  const keys = [
    { at: '3s', partition: ['1..3', 5], for: '10s' },
    { at: '4s', partition: [2], for: '1 min' },
  ];
  const lines = ['at 3s: partition {1..3, 5} from server for 10s', 'at 4s: partition 2 from the server for 1 min'];
  t.like(of(lines), keys);
  t.like(of(parse(lines.map((line) => `- ${line}`).join('\n'))), keys);
  t.like(of(of(lines)), keys);
  const script = [{ at: '3s', partition: [1], for: '10s' }];
  const { plan, protocol } = await build(smallBut({ script, network: { compute: '2s' }, stop: { time: '20s' } }));
  const told: unknown[] = [];
  simulate(plan, protocol).subscribe((event) => {
    if (event.kind === 'scripted') told.push([event.time, event.text]);
    if (event.kind === 'delayed') told.push([event.time, event.worker, event.cause, event.span]);
  });
  // Its message leaves at 4 s, and arrives when the partition heals.
  t.deepEqual(told, [[3000, 'partition {1} from server for 10s'], [4000, 1, 'held', 9000]]); // prettier-ignore
});

test('ranges of ids in keys and in lines', async (t) => {
  const keys = [
    { at: '30s', workers: ['1..2', 5], becomes: 'byzantine' },
    { at: '40s', workers: ['1..2'], becomes: 'honest' },
  ];
  t.deepEqual(of(keys) as unknown, keys);
  const lines = ['at 30s: workers 1..2 and 5 turn byzantine', 'at 40s: workers {1..2} turn honest'];
  t.deepEqual(of(lines) as unknown, keys);
  t.deepEqual(of(parse(lines.map((line) => `- ${line}`).join('\n'))) as unknown, keys);
  const { plan } = await build(smallBut({ script: keys }));
  t.like(plan.script, [
    { text: 'workers 1..2, 5 turn byzantine', workers: [0, 1, 4] },
    { text: 'workers 1..2 turn honest', workers: [0, 1] },
  ]);
});

test('a rate is tried where it begins to hold', async (t) => {
  t.is(await refusal(() => build(smallBut({ script: ['at 10 steps: lr becomes 0.1 / sqrt(t - 10)'] }))), undefined);
  t.regex(
    (await refusal(() => build(smallBut({ script: ['at 10 steps: lr becomes 0.1 / sqrt(t - 11)'] })))) ?? '',
    /^script\.0\.lr: lr is Infinity at t = 11/,
  );
  t.is(await refusal(() => build(smallBut({ script: ['at 9s: lr becomes 0.1 / sqrt(t - 1)'] }))), undefined);
});

const refused: readonly (readonly [script: unknown, sentence: RegExp])[] = [
  [
    ['at 30s: worker 3 dies'],
    /^script\.0: found "at 30s: worker 3 dies"; a line of the script is "at 30s: worker 3 turns byzantine"/,
  ],
  [['worker 3 turns byzantine'], /a line of the script is/],
  [['at noon: worker 3 turns byzantine'], /^script\.0\.at: found "noon"; steps or a virtual time is needed/],
  [['at 0s: lr becomes 0.1'], /^script\.0\.at: found "0s"; steps or a virtual time is needed/],
  [[{ at: '30s' }], /^script\.0: nothing happens in this entry; it needs worker or workers with becomes, or lr/],
  [[{ at: '30s', worker: 1 }], /^script\.0\.becomes: is missing; workers become byzantine or honest$/],
  [[{ at: '30s', worker: 1, becomes: 'evil' }], /^script\.0\.becomes: found "evil"; allowed are byzantine, honest/],
  [
    [{ at: '30s', wroker: 1, becomes: 'honest' }],
    /unknown key "wroker" in an entry of the script; .*did you mean "worker"/,
  ],
  [[{ worker: 1, becomes: 'honest' }], /^script\.0\.at: .*steps or a virtual time is needed|^script\.0\.at: /],
  [[{ at: 0, lr: 1 }], /^script\.0\.at: found 0; steps or a virtual time is needed/],
  [[{ at: '30s', worker: 1, workers: [2], becomes: 'honest' }], /two ways to say the same/],
  [[{ at: '30s', workers: [2, 2], becomes: 'honest' }], /^script\.0\.workers: an id is named twice$/],
  [[{ at: '30s', worker: 1, becomes: 'honest', lr: 1 }], /an entry says one thing/],
  [[{ at: '30s', worker: 9, becomes: 'honest' }], /^script\.0: worker 9 found; ids are 1 to 5$/],
  [['at 9s: workers 4..6 turn honest'], /^script\.0: worker 6 found; ids are 1 to 5$/],
  [['at 9s: workers 4..2 turn honest'], /^script\.0\.workers\.0: found "4\.\.2"; a range goes up/],
  [['at 9s: workers {1..2, 2} turn honest'], /^script\.0\.workers: an id is named twice$/],
  [['at 9s: workers {1..2 turn honest'], /a line of the script is/],
  [['at 9s: workers 1.5 turn honest'], /a line of the script is/],
  [['at 51 steps: lr becomes 1'], /^script\.0\.at: 51 steps is after the end of the run, at 50 steps$/],
  [
    ['at 9s: lr becomes 1', { at: '51 steps', worker: 1, becomes: 'honest' }],
    /^script\.1\.at: 51 steps is after the end/,
  ],
  [
    ['at 9s: lr becomes 1', 'at 9000ms: lr becomes 2'],
    /^script\.1: lr becomes 2 at the same moment at which another entry says that it becomes 1$/,
  ],
  [
    ['at 9s: worker 1 turns honest', 'at 9s: workers 2, 1 turn byzantine'],
    /^script\.1: worker 1 turns byzantine at the same moment/,
  ],
  [['at 9s: workers 1, 2 turn byzantine', 'at 8s: worker 3 turns byzantine'], /^script\.0: nobody is honest then/],
  [['at 5 steps: lr becomes -1'], /^script\.0\.lr: lr is -1/],
  [['at 5 steps: partition 1 from server for 2s'], /^script\.0\.at: found 5 steps; a partition begins at a time/],
  [['at 5s: partition 1 from server for long'], /^script\.0\.for: .*a duration > 0 is needed/],
  [['at 5s: partition 9 from server for 2s'], /^script\.0: workers: worker 9 found; ids are 1 to 5$/],
  [['at 5s: partition one from server for 2s'], /a line of the script is/],
  [[{ at: '5s', partition: [1] }], /^script\.0\.for: is missing/],
  [[{ at: '5s', for: '2s' }], /^script\.0\.for: is about a partition, and none is named/],
  [[{ at: '5s', partition: [1], for: '2s', lr: 1 }], /an entry says one thing/],
  [['at 9s: lr becomes 1 / x'], /^script\.0\.lr: .*x/],
  ['at 9s: lr becomes 1', /^script: found .*a list is needed/],
];

for (const [script, sentence] of refused)
  test(`refused: ${JSON.stringify(script)}`, async (t) => {
    t.regex((await refusal(() => build(smallBut({ script })))) ?? '', sentence);
  });

test('what is after the end of the run is refused with both moments, and what is at the end is not', async (t) => {
  const stop = { steps: 50, time: '1 min' };
  const told = (line: string) => refusal(() => build(smallBut({ stop, script: [line] })));
  t.is(await told('at 61s: lr becomes 1'), 'script.0.at: 61s is after the end of the run, at 1 min');
  t.is(await told('at 51 steps: lr becomes 1'), 'script.0.at: 51 steps is after the end of the run, at 50 steps');
  t.is(
    await told('at 2 min: partition 1 from server for 2s'),
    'script.0.at: 2 min is after the end of the run, at 1 min',
  );
  for (const at of ['60s', '50 steps']) t.is(await told(`at ${at}: lr becomes 1`), undefined);
});

test('a script that turns workers doesn’t go with a schedule, one that sets lr does', async (t) => {
  const workers = { ...small.workers, byzantine: { kind: 'periodic', start: 1, every: '5 steps' } };
  const told = (line: string) => refusal(() => build(smallBut({ workers, script: [line] })));
  t.is(await told('at 9s: worker 1 turns honest'), 'script.0: workers.byzantine (periodic) says who turns, so that the script can\'t'); // prettier-ignore
  t.is(await told('at 9s: lr becomes 1'), undefined);
});

test('an error names its line', async (t) => {
  const text = stringify({ ...small, script: ['at 9s: lr becomes 1', 'at 9s: worker 8 turns honest'] });
  const [run] = resolveSource(yamlSource(text, 'f.yaml'), []);
  const line = text.split('\n').findIndex((each) => each.includes('worker 8')) + 1;
  const told = await refusal(async () => {
    try {
      await build(run!.scenario);
    } catch (error) {
      throw run!.explain(error);
    }
  });
  t.regex(told ?? '', new RegExp(`^f\\.yaml:${line}:\\d+: script\\.1: worker 8 found; ids are 1 to 5$`));
});

test('a schedule’s first Byzantine workers have the ids of their group', async (t) => {
  const speeds = async (byzantine: unknown) =>
    (await build(smallBut({ workers: { count: 5, byzantine, speed: 'id + 10 * byzantine' } }))).plan.workers.map(
      ({ speed }) => speed,
    );
  t.deepEqual(await speeds({ kind: 'periodic', start: [2, 3], every: '1s' }), [1, 11, 12, 2, 3]);
  t.deepEqual(await speeds({ kind: 'periodic', start: ['2..3'], every: '1s' }), [1, 11, 12, 2, 3]);
  t.deepEqual(await speeds(['2..3']), [1, 11, 12, 2, 3]);
  t.deepEqual(await speeds({ kind: 'bernoulli', p: 0.1, duration: '1 step', cap: 2 }), [1, 2, 3, 4, 5]);
});

const schedules: readonly (readonly [byzantine: unknown, sentence: RegExp])[] = [
  [
    { kind: 'periodic', start: 5, every: '1s' },
    /^workers\.byzantine: 5 Byzantine workers of 5 found; at least one worker must be honest$/,
  ],
  [{ kind: 'periodic', start: ['2..4', 3], every: '1s' }, /^workers\.byzantine: an id is named twice$/],
  [{ kind: 'periodic', start: ['4..6'], every: '1s' }, /^workers\.byzantine: worker 6 found; ids are 1 to 5$/],
  [['4..6'], /^workers\.byzantine: worker 6 found; ids are 1 to 5$/],
  [['4..2'], /^workers\.byzantine\.0: found "4\.\.2"; a range goes up/],
  [[0], /^workers\.byzantine\.0: found 0; it must be >= 1$/],
  [['1..3', 2], /^workers\.byzantine: an id is named twice$/],
  [['1..5'], /^workers\.byzantine: 5 Byzantine workers of 5 found; at least one worker must be honest$/],
  [{ kind: 'periodic', start: 1 }, /^workers\.byzantine\.every: /],
  [
    { kind: 'periodical', start: 1 },
    /^workers\.byzantine\.kind: unknown way of turning "periodical"; known are periodic, bernoulli; did you mean "periodic"/,
  ],
  [{ kind: 'bernoulli', p: 2, duration: '1 step', cap: 1 }, /^workers\.byzantine\.p: found 2; it must be <= 1$/],
  [
    { kind: 'bernoulli', p: 0.1, duration: '1s', cap: 1 },
    /^workers\.byzantine: the duration 1s is no whole number of rounds/,
  ],
  [{ kind: 'bernoulli', p: 0.1, duration: '1 step', cap: 1, cup: 1 }, /unknown option "cup" of bernoulli/],
];

for (const [byzantine, sentence] of schedules)
  test(`refused: ${JSON.stringify(byzantine)}`, async (t) => {
    t.regex((await refusal(() => build(smallBut({ workers: { count: 5, byzantine } })))) ?? '', sentence);
  });
