import test from 'ava';
import { build, refusal, small, smallBut } from '../small-scenario.js';

const clockless = { protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.3 }, network: undefined };

const told = (changes: object) => refusal(() => build(smallBut({ ...clockless, ...changes })));

const switching = (byzantine: object) => ({ workers: { ...small.workers, byzantine } });

const inSteps = 'this protocol has no clock ("arrivals: sampled"), so say it in steps, such as "100 steps"';

const refused: readonly (readonly [changes: object, sentence: string])[] = [
  [
    { stop: { steps: 50, time: '20s' } },
    'stop.time: found 20s; this protocol has no clock ("arrivals: sampled"), so say stop.steps in its place',
  ],
  [
    { stop: { time: 20 } },
    'stop.time: found 20; this protocol has no clock ("arrivals: sampled"), so say stop.steps in its place',
  ],
  [{ measure: { every: '5s' } }, `measure.every: found 5s; ${inSteps}`],
  [{ measure: { warmup: '5 ms' } }, `measure.warmup: found 5 ms; ${inSteps}`],
  [{ script: ['at 9 steps: lr becomes 1', 'at 9s: lr becomes 2'] }, `script.1.at: found 9s; ${inSteps}`],
  [{ script: [{ at: '9s', worker: 1, becomes: 'byzantine' }] }, `script.0.at: found 9s; ${inSteps}`],
  [switching({ kind: 'periodic', start: 1, every: '30s' }), `workers.byzantine.every: found 30s; ${inSteps}`],
  [
    switching({ kind: 'bernoulli', p: 0.1, every: '1s', duration: '5s', cap: 2 }),
    `workers.byzantine.every: found 1s; ${inSteps}`,
  ],
  [
    switching({ kind: 'bernoulli', p: 0.1, duration: '5s', cap: 2 }),
    `workers.byzantine.duration: found 5s; ${inSteps}`,
  ],
  [
    { script: ['at 9s: partition 1 from server for 2s'] },
    'script.0: this protocol has no clock, so a partition has no meaning here',
  ],
];

for (const [changes, sentence] of refused)
  test(`without a clock there is no virtual time: ${JSON.stringify(changes)}`, async (t) => {
    t.is(await told(changes), sentence);
  });

test('what is said in steps goes without a clock, and times go with one', async (t) => {
  const steps = {
    measure: { every: '5 steps', warmup: 10 },
    script: ['at 9 steps: lr becomes 0.05'],
    ...switching({ kind: 'periodic', start: 1, every: '30 steps' }),
  };
  t.is(await told(steps), undefined);
  t.is(await told(switching({ kind: 'bernoulli', p: 0.1, duration: '5 steps', cap: 2 })), undefined);
  for (const [changes] of refused)
    t.notRegex((await refusal(() => build(smallBut({ ...changes })))) ?? 'taken', /clock/);
});

test('without data there are no passes over them', async (t) => {
  const against = (axes: unknown) => refusal(() => build(smallBut({ measure: { against: axes } })));
  const sentence =
    'measure.against: the model quadratic learns from no data, so nothing can be drawn against passes over them; gradients may do';
  t.is(await against('passes'), sentence);
  t.is(await against(['steps', 'passes']), sentence);
  t.is(await against(['steps', 'gradients']), undefined);
});

test('the rows that passes go through are those of all honest workers together', async (t) => {
  const rowsOf = async (partition: string) => {
    const learn = { data: { kind: 'digits', train: 60, test: 20 }, model: 'softmax', batch: 4, partition };
    return (await build(smallBut({ learn, attack: 'none' }))).data;
  };
  // Five workers, two of them Byzantine.
  t.deepEqual(await rowsOf('shared'), { batch: 4, rows: 3 * 60 });
  t.deepEqual(await rowsOf('iid'), { batch: 4, rows: 3 * 12 });
  t.is((await build(smallBut({}))).data, undefined);
});
