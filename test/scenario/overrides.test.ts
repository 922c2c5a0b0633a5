import test from 'ava';
import fc from 'fast-check';
import { applyOverrides, overrideAt, parseOverride } from '../../src/scenario/overrides.js';
import { refusal, small, smallWith } from './small-scenario.js';

test('an override is a path and YAML', (t) => {
  t.deepEqual(parseOverride('workers.count=50'), { path: ['workers', 'count'], value: 50, text: 'workers.count=50' });
  const valueOf = (text: string): unknown => parseOverride(`a=${text}`).value;
  t.is(valueOf('id^2'), 'id^2');
  t.is(valueOf('uniform(10ms, 20ms)'), 'uniform(10ms, 20ms)');
  t.is(valueOf('b=c'), 'b=c');
  t.is(valueOf(''), null);
  t.is(valueOf('"3"'), '3');
  t.deepEqual(valueOf('[1, 2]'), [1, 2]);
  t.deepEqual(valueOf('{kind: ctma, lambda: 0.3, base: gm}'), { kind: 'ctma', lambda: 0.3, base: 'gm' });
});

const wrong = [
  'foo',
  '=3',
  '',
  '=',
  'a..b=1',
  '.a=1',
  'a.=1',
  '__proto__.x=1',
  'workers.__proto__.x=1',
  'constructor=1',
  'a.prototype=2',
];
for (const text of wrong)
  test(`"${text}" is no override`, async (t) => {
    t.is(
      await refusal(() => parseOverride(text)),
      `command line: "${text}" is no override; write key=value, such as workers.count=50`,
    );
  });

for (const text of ['a=[1', 'a={b', 'a=*x', 'a=b: c: d', "a='", 'a=--- 1\n--- 2'])
  test(`the value in ${JSON.stringify(text)} is no YAML`, async (t) => {
    t.regex((await refusal(() => parseOverride(text)))!, /^command line: the value in ".*" is no YAML: [^\n]+$/);
  });

test('an option of a part that is given by name makes an object of the name', (t) => {
  t.deepEqual(smallWith('attack.z=2').attack, { kind: 'little', z: 2, ddof: 0 });
  t.deepEqual(smallWith('attack=ipm', 'attack.epsilon=0.5').attack, { kind: 'empire', epsilon: 0.5 });
  t.deepEqual(smallWith('aggregator=ctma', 'aggregator.lambda=0.2', 'aggregator.base=gm').aggregator, {
    kind: 'ctma',
    lambda: 0.2,
    base: smallWith('aggregator=gm').aggregator,
  });
});

test('overrides apply in order, make what is missing, and reach into lists', (t) => {
  t.is(smallWith('seed=3', 'seed=4').seed, 4);
  t.is(smallWith('measure.every=7').measure!.every, 7);
  t.deepEqual(smallWith('workers.byzantine=[1, 2]', 'workers.byzantine.1=5').workers.byzantine, [1, 5]);
  t.is(smallWith('aggregator=[{kind: ctma, lambda: 0.3}, gm]', 'aggregator.0.lambda=0.2').aggregator.lambda, 0.2);
});

test('an item that a list does not have is not made', async (t) => {
  for (const text of [
    'workers.byzantine.2=1',
    'workers.byzantine.x=1',
    'workers.byzantine.-1=1',
    'workers.byzantine.0.5=1',
    'workers.byzantine.length=0',
  ])
    t.regex(
      (await refusal(() => smallWith('workers.byzantine=[1, 2]', text)))!,
      /^command line, workers\.byzantine\..*: workers\.byzantine\..*(found ".*" as an item of a list of 2|a finite number or a text is needed)/,
      text,
    );
});

test('neither the scenario nor the overrides are touched, and no prototype is', (t) => {
  const before = structuredClone(small);
  const entry = { path: ['attack'], value: { kind: 'empire' } };
  const result = applyOverrides(small, [entry, { path: ['attack', 'epsilon'], value: 3 }]) as { attack: object };
  t.deepEqual(small, before);
  t.deepEqual(entry.value, { kind: 'empire' });
  t.deepEqual(result.attack, { kind: 'empire', epsilon: 3 });
  t.is(Object.getOwnPropertyDescriptor(Object.prototype, 'x'), undefined);
});

test('what is set is found at its path, and nothing else has changed', (t) => {
  const key = fc.constantFrom('a', 'b', 'c');
  const tree: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.dictionary(key, tie('tree'))),
  })).tree;
  fc.assert(
    fc.property(
      fc.dictionary(key, tree),
      fc.array(key, { minLength: 1, maxLength: 3 }),
      fc.integer(),
      (base, path, value) => {
        const result = applyOverrides(base, [{ path, value }]);
        let at: unknown = result;
        for (const part of path) at = (at as Record<string, unknown>)[part];
        t.is(at, value);
        const others = (data: unknown): unknown => ({ ...(data as object), [path[0]!]: undefined });
        t.deepEqual(others(result), others({ ...base }));
        t.deepEqual(applyOverrides(result, [{ path, value }]), result);
      },
    ),
  );
});

test('the last override that reaches a key is the one to blame; what concerns the whole is nobody’s', (t) => {
  const overrides = ['attack=little', 'workers.count=3', 'attack.z=4', 'seed=1'].map(parseOverride);
  t.is(overrideAt(overrides, ['attack', 'z'])?.text, 'attack.z=4');
  t.is(overrideAt(overrides, ['attack', 'kind'])?.text, 'attack=little');
  t.is(overrideAt(overrides, ['attack'])?.text, 'attack.z=4');
  t.is(overrideAt(overrides, ['workers'])?.text, 'workers.count=3');
  t.is(overrideAt(overrides, ['workers', 'speed']), undefined);
  t.is(overrideAt(overrides, ['learn']), undefined);
  t.is(overrideAt(overrides, []), undefined);
});
