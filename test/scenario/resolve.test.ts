import test from 'ava';
import fc from 'fast-check';
import { scenarioYaml } from '../../src/cli/run-folder.js';
import { Misfit } from '../../src/scenario/misfit.js';
import { parseOverride } from '../../src/scenario/overrides.js';
import { resolveScenario, resolveSource, type ResolvedRun } from '../../src/scenario/resolve.js';
import { objectSource, yamlSource } from '../../src/scenario/source.js';
import { refusal, small, smallBut } from './small-scenario.js';

const text = `name: x
learn: { model: quadratic }
workers: { count: 5, byzantine: 1 }
network: { compute: 1 }
method:
  kind: sgd
  lr: 0.1
aggregator: cwmed
stop: { steps: 50 }
compare:
  plain mean: { aggregator: mean }
  slow:
    method.lr: 0.01
    workers: { count: 3 }
  liars: { attack.epsilon: 3, attack.kind: ipm }
`;

const resolve = (written: string, ...overrides: readonly string[]): readonly ResolvedRun[] =>
  resolveSource(yamlSource(written, 'f.yaml'), overrides.map(parseOverride));

test('the runs are the scenario and those under compare, each with its differences', (t) => {
  const runs = resolve(text);
  t.deepEqual(
    runs.map(({ label }) => label),
    ['', 'plain mean', 'slow', 'liars'],
  );
  const [main, mean, slow, liars] = runs.map(({ scenario }) => scenario);
  const { compare: _, ...alone } = main!;
  t.deepEqual(mean, { ...alone, aggregator: { kind: 'mean' } });
  t.is(slow!.method.lr, 0.01);
  t.deepEqual(slow!.workers, { count: 3, byzantine: 0, speed: 1 });
  t.deepEqual(liars!.attack, { kind: 'empire', epsilon: 3 });
  t.true(runs.slice(1).every(({ scenario }) => !('compare' in scenario) && scenario.name === 'x'));
});

test('overrides reach every run, but not what a run sets itself', (t) => {
  const [main, mean, slow] = resolve(text, 'seed=7', 'aggregator=gm', 'method.lr=0.5').map(({ scenario }) => scenario);
  t.deepEqual([main!.seed, mean!.seed, slow!.seed], [7, 7, 7]);
  t.deepEqual([main!.aggregator.kind, mean!.aggregator.kind, slow!.aggregator.kind], ['gm', 'mean', 'gm']);
  t.deepEqual([main!.method.lr, mean!.method.lr, slow!.method.lr], [0.5, 0.5, 0.01]);
  t.deepEqual(
    resolve(text, 'compare={again: {seed: 9}}').map(({ label, scenario }) => [label, scenario.seed]),
    [
      ['', 1],
      ['again', 9],
    ],
  );
  t.is(resolve(text, 'compare.slow.workers.count=4')[2]!.scenario.workers.count, 4);
});

test('an override below a key that the scenario leaves out opens its default', (t) => {
  const [main] = resolve(text, 'protocol.reply=before-update');
  t.like(main!.scenario.protocol, { kind: 'asynchronous', reply: 'before-update' });
});

test('a key that is missing where only an override made room is missing on the command line', async (t) => {
  t.regex(
    (await refusal(() => resolve(text, 'seed=2', 'learn.data.train=3')))!,
    /^command line, learn\.data\.train=3: learn\.data\.kind: is missing; "kind" names the data set: digits/,
  );
  t.regex(
    (await refusal(() => resolve(text, 'method={}', 'seed=2')))!,
    /^command line, method=\{\}: method\.kind: is missing/,
  );
  t.regex(
    (await refusal(() => resolve(text.replace('kind: sgd', 'beta: 1'), 'method.lr=1')))!,
    /^f\.yaml:5:1: method\.kind/,
  );
});

const places: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    text.replace('aggregator: cwmed', 'agregator: cwmed'),
    [],
    /^f\.yaml:8:1: unknown key "agregator" in the scenario.*"aggregator"\?$/,
  ],
  [text.replace('lr: 0.1', 'lr: [1]'), [], /^f\.yaml:7:3: method\.lr: found a list/],
  [text, ['agregator=gm'], /^command line, agregator=gm: unknown key "agregator"/],
  [text, ['method.lr=[1]', 'seed=3'], /^command line, method\.lr=\[1\]: method\.lr: found a list/],
  [
    text,
    ['method.kind=momentum', 'method.beta=1'],
    /^command line, method\.beta=1: method\.beta: found 1; it must be < 1$/,
  ],
  [text, ['method={kind: momentum}'], /^command line, method=\{kind: momentum\}: method\.lr: is missing/],
  [text.replace('lr: 0.1', 'lr: [1]'), ['seed=3', 'workers.count=4'], /^f\.yaml:7:3: method\.lr/],
  [text.replace(/network.*\n/, '').replace('stop:', 'stp:'), ['seed=3'], /^f\.yaml:8:1: unknown key "stp"/],
  [
    text.replace('mean: { aggregator: mean }', 'mean: { aggregator: maen }'),
    [],
    /^f\.yaml:11:17: compare\.plain mean: unknown aggregator "maen"/,
  ],
  [text.replace('method.lr: 0.01', 'method.lr: []'), [], /^f\.yaml:13:5: compare\.slow: method\.lr: found a list/],
  [text.replace('{ count: 3 }', '{ count: -3 }'), [], /^f\.yaml:14:16: compare\.slow: workers\.count: found -3/],
  [
    text.replace('method.lr: 0.01', 'method..lr: 1'),
    [],
    /^f\.yaml:13:5: compare\.slow\.method\.\.lr: not the path of a key; write dots/,
  ],
  [text, ['compare.slow={agregator: mean}'], /^command line, compare\.slow=.*: compare\.slow: unknown key "agregator"/],
  [text, ['compare.slow.method=[]'], /^command line, compare\.slow\.method=\[\]: compare\.slow: method: found a list/],
  [text, ['workers.count=1'], /^f\.yaml:3:22: workers\.byzantine: 1 Byzantine workers of 1 found/],
];

for (const [written, overrides, pattern] of places)
  test(`place and sentence: ${pattern.source}`, async (t) => {
    const sentence = (await refusal(() => resolve(written, ...overrides)))!;
    t.regex(sentence, pattern);
    t.notRegex(sentence, /\n|[.!]$/);
  });

test('what building a run finds wrong is told with its place too', (t) => {
  const [main, , slow] = resolve(text, 'seed=3');
  const told = (run: ResolvedRun, path: readonly string[], sentence: string): string =>
    (run.explain(new Misfit(path, sentence)) as Error).message;
  t.is(told(main!, ['method', 'lr'], 'is odd'), 'f.yaml:7:3: method.lr: is odd');
  t.is(told(slow!, ['method', 'lr'], 'is odd'), 'f.yaml:13:5: compare.slow: method.lr: is odd');
  t.is(told(slow!, ['network', 'compute'], 'is odd'), 'f.yaml:4:12: compare.slow: network.compute: is odd');
  t.is(told(main!, ['seed'], 'is odd'), 'command line, seed=3: seed: is odd');
  t.is(told(main!, [], 'the whole is odd'), 'f.yaml:1:1: the whole is odd');
  const mishap = new TypeError('no');
  t.is(main!.explain(mishap), mishap);
});

test('a program’s scenario may hold anything; what is not plain data is refused in a sentence', async (t) => {
  const circle: Record<string, unknown> = { ...small };
  circle.learn = circle;
  const cases = [
    circle,
    { ...small, workers: { count: 3, speed: () => 1 } },
    { ...small, seed: 1n },
    { ...small, stop: new Date(0) },
  ];
  for (const value of [
    ...cases,
    { ...small, learn: new Map() },
    { ...small, name: Symbol('x') },
    { ...small, attack: Promise.resolve() },
  ])
    t.regex((await refusal(() => resolveSource(objectSource(value, 'f.js'), [])))!, /^f\.js: [^\n]+$/);
});

test('a resolved scenario, written and read again, is itself', (t) => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('1e3', 'null', '~', 'yes', '0x1', '- a', '# b', 'a: b', '2 steps', ' x ', 'a\nb\n'),
  );
  const changes = fc.record(
    {
      description: word,
      label: word.filter((label) => label.length > 0 && label.length <= 60),
      seed: fc.nat(),
      attack: fc.constantFrom('alie', 'sf', { kind: 'little', z: 2 }, { kind: 'ipm', epsilon: 1e-7 }),
      aggregator: fc
        .constantFrom('brute-mean', 'mean', 'rfa', { kind: 'ctma', lambda: 0.25, base: 'median' }, [
          { kind: 'ctma', lambda: 0.1 },
          'gm',
        ])
        .filter((rule) => rule !== 'brute-mean'),
      weights: fc.constantFrom('uniform', 'count^2', 3),
      stop: fc.constantFrom({ steps: 7 }, { time: '1e3ms' }, { time: 0.125 }, { steps: 3, time: '2 min' }),
      measure: fc.constantFrom({ every: '3 steps' }, { every: 5 }, { every: '7ms' }),
      workers: fc.constantFrom(
        { count: 4 },
        { count: 9, byzantine: [2, 5], speed: 'id^2' },
        { count: 3, byzantine: 1, speed: 0.1 },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(changes, (given) => {
      const scenario = smallBut(given);
      const written = scenarioYaml(scenario);
      t.deepEqual(resolveScenario(yamlSource(written, 'f.yaml').value), scenario);
      t.is(scenarioYaml(resolveScenario(yamlSource(written, 'f.yaml').value)), written);
    }),
    { numRuns: 150 },
  );
});
