import test from 'ava';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { parseEvery } from '../../src/registry/every.js';
import { refusal, small, smallBut } from './small-scenario.js';

test('the least scenario is filled up with defaults', (t) => {
  const { name, learn, workers, network, method, aggregator, stop } = small;
  const scenario = smallBut({
    attack: undefined,
    learn: { model: 'quadratic' },
    workers: { count: 3 },
    aggregator: 'mean',
  });
  t.deepEqual(
    { ...scenario, attack: scenario.attack.kind },
    {
      name,
      seed: 1,
      learn: {
        model: { kind: 'quadratic', dimension: 10, smoothness: 1, condition: 1, noise: 0, optimum: 0 },
        batch: 16,
        partition: { kind: 'shared' },
      },
      workers: { count: 3, byzantine: 0, speed: 1 },
      network: { ...network, upload: '0ms', download: '0ms' },
      protocol: { kind: 'asynchronous', arrivals: 'timed', reply: 'after-update', warmup: false },
      method: { ...method },
      aggregator: { kind: 'mean' },
      weights: 'count',
      attack: 'none',
      stop: { ...stop },
      measure: { every: '2 steps' },
    },
  );
  t.is(learn.model.kind, 'quadratic');
  t.is(workers.count, 5);
  t.is(aggregator, 'cwmed');
});

test('a run is measured 25 times, or at every step of a short one, unless it says otherwise', (t) => {
  const every = (stop: object): unknown => smallBut({ stop }).measure!.every;
  t.is(every({ steps: 1000 }), '40 steps');
  t.is(every({ steps: 3 }), '1 steps');
  t.is(every({ steps: 1000, time: '1s' }), '40 steps');
  t.is(every({ time: '5s' }), '200ms');
  t.is(every({ gradients: 1000 }), '40 gradients');
  t.is(every({ gradients: 3 }), '1 gradients');
  t.is(every({ time: '5s', gradients: 1000 }), '200ms');
  t.is(every({ time: 50 }), '2000ms');
  t.is(smallBut({ measure: { every: 7 } }).measure!.every, 7);
});

test('intervals are whole steps or a time with its unit; a bare fraction is neither', (t) => {
  t.deepEqual(parseEvery(160), { steps: 160 });
  t.deepEqual(parseEvery('160'), { steps: 160 });
  t.deepEqual(parseEvery(' 1 step '), { steps: 1 });
  t.deepEqual(parseEvery('100steps'), { steps: 100 });
  t.deepEqual(parseEvery('5s'), { time: 5000 });
  t.deepEqual(parseEvery('2.5 min'), { time: 150_000 });
  for (const wrong of [
    0,
    -1,
    0.5,
    1e21,
    NaN,
    Infinity,
    '0 steps',
    '0s',
    '0.5',
    '1.5 steps',
    '',
    'often',
    '-5s',
    '5 s s',
  ])
    t.is(parseEvery(wrong), undefined, String(wrong));
});

const workers = (changes: object): Readonly<Record<string, unknown>> => ({ workers: { count: 5, ...changes } });

const refused: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [
    { agregator: 'mean' },
    /^agregator: unknown key "agregator" in the scenario; allowed are name, .*; did you mean "aggregator"\?$/,
  ],
  [
    { workers: { coutn: 3 } },
    /^workers\.coutn: unknown key "coutn" in workers; allowed are count, byzantine, speed, availability; did you mean "count"\?$/,
  ],
  [
    workers({ byzantine: 6 }),
    /^workers\.byzantine: 6 Byzantine workers of 5 found; at least one worker must be honest$/,
  ],
  [workers({ byzantine: 5 }), /5 Byzantine workers of 5 found/],
  [workers({ byzantine: [1, 6] }), /^workers\.byzantine: worker 6 found; ids are 1 to 5$/],
  [workers({ byzantine: [1, 1] }), /an id is named twice/],
  [workers({ byzantine: [0] }), /^workers\.byzantine\.0: found 0; it must be >= 1$/],
  [
    workers({ byzantine: [1, 'a'] }),
    /^workers\.byzantine\.1: found "a"; a worker’s id or a range such as "3\.\.7" is needed$/,
  ],
  [workers({ byzantine: -1 }), /found -1; it must be >= 0/],
  [workers({ byzantine: 1.5 }), /found 1\.5; a whole number or a list or a mapping of keys to values is needed/],
  [workers({ count: 1e12 }), /^workers\.count: found 1000000000000; it must be <= 1000000$/],
  [workers({ count: 1e300 }), /^workers\.count: found 1e\+300; it must be <= 1000000$/],
  [workers({ count: '5' }), /^workers\.count: found "5"; a finite number is needed$/],
  [workers({ speed: [1] }), /^workers\.speed: found a list; a finite number or a text is needed$/],
  [{ stop: { steps: NaN } }, /^stop\.steps: found NaN; a finite number is needed$/],
  [{ stop: { steps: 1e300 } }, /^stop\.steps: found 1e\+300; it must be <= 1000000000$/],
  [{ stop: {} }, /^stop: needs steps, time, gradients or several of them/],
  [{ stop: undefined }, /^stop: is missing; a mapping of keys to values is needed$/],
  [{ stop: { time: 0 } }, /^stop\.time: found 0; a duration > 0 is needed, such as 90s/],
  [{ stop: { time: 'soon' } }, /^stop\.time: found "soon"; a duration > 0 is needed/],
  [{ measure: { every: 'often' } }, /^measure\.every: found "often"; steps, a virtual time or gradients are needed/],
  [{ seed: -1 }, /^seed: found -1; it must be >= 0$/],
  [{ seed: 0.5 }, /^seed: found 0\.5; a whole number is needed$/],
  [{ name: '../../etc' }, /^name: found "\.\.\/\.\.\/etc"; a name of letters/],
  [{ name: '' }, /^name: found ""; a name of letters/],
  [{ name: 'x'.repeat(101) }, /it must be <= 100 characters long$/],
  [{ label: '' }, /^label: found ""; it must be >= 1 characters long$/],
  [{ description: true }, /^description: found true; a text is needed$/],
  [{ network: null }, /^network: is empty; a mapping of keys to values is needed$/],
  [{ network: { upload: 1 } }, /^network\.compute: is missing/],
  [{ learn: 'quadratic' }, /^learn: found "quadratic"; a mapping of keys to values is needed$/],
  [{ learn: { ...small.learn, batch: 0 } }, /^learn\.batch: found 0; it must be >= 1$/],
  [{ compare: { 'a/b': {} } }, /^compare\.a\/b: found "a\/b"; a name of letters, digits, spaces/],
  [{ compare: { x: 3 } }, /^compare\.x: found 3; a mapping of keys to values is needed$/],
  [{ compare: { 'a b': {}, 'a-b': {} } }, /^compare\.a-b: another run has the same folder/],
];

for (const [changes, pattern] of refused)
  test(`refused: ${JSON.stringify(changes).slice(0, 60)} (${pattern.source.slice(0, 30)})`, async (t) => {
    t.regex((await refusal(() => smallBut(changes)))!, pattern);
  });

test('what is no mapping is no scenario', async (t) => {
  for (const wrong of [undefined, null, 3, 'text', [], [small], () => small])
    t.regex(
      (await refusal(() => resolveScenario(wrong)))!,
      /^(is missing|is empty|found .*); a mapping of keys to values is needed$/,
    );
});
