import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { AttackRule, AttackView, Knowledge } from '../../src/attacks/attack.js';
import { attacks, little, signFlip } from '../../src/attacks/index.js';
import { seededRandom } from '../../src/random/seeded-random.js';
import type { Registered } from '../../src/registry/part.js';
import { atWork, bothWays, crowd, lie, view } from './cases.js';

type Known = Registered<AttackRule> & { readonly knowledge: Knowledge; readonly formula: string };

/** What attacks that work on others are given. */
const given: Readonly<Record<string, object>> = {
  optimal: { attack: little() },
  scaled: { attack: signFlip(), strength: 2 },
  conditional: { attack: signFlip(), when: 1 },
  mixture: { attacks: [{ attack: signFlip(), share: 1 }] },
};

/** All attacks with the options that they have unless told. */
const all = Object.entries(attacks as unknown as Readonly<Record<string, Known>>).map(([name, part]) => ({
  name,
  part,
  rule: part.create((given[name] ?? part.parameters.parse({})) as never),
}));

/** Those that lie in vectors of their own making. */
const vectorAttacks = all.filter(
  ({ name, rule }) => rule.kind === 'vector' && name !== 'silent' && !Object.hasOwn(given, name),
);

const seen = (): Partial<AttackView> => ({
  random: seededRandom(2),
  progress: { model: [3, -1, 2], start: [1, 1, 1], norm: 1 },
});

test('the registry knows the attacks by their names', (t) => {
  t.deepEqual(Object.keys(attacks), [
    ...['none', 'sign-flip', 'sign-flip-mean', 'reverse', 'gaussian', 'fixed-vector', 'zero', 'infinite', 'nan'],
    ...['label-flip', 'random-labels', 'feature-noise', 'backdoor'],
    ...['little', 'empire', 'mimic', 'mimic-variant', 'min-max', 'min-sum', 'fang-krum', 'fang-trmean'],
    ...['hidden-vulnerability', 'anti-cge', 'shift-back', 'silent', 'momentum-tailored'],
    ...['optimal', 'scaled', 'conditional', 'mixture'],
  ]);
});

test('no alias is another attack’s name or alias', (t) => {
  const names = all.flatMap(({ name, part: { aliases = [] } }) => [name, ...aliases]);
  t.deepEqual([...new Set(names)], names);
});

test('options left out get the papers’ values', (t) => {
  t.deepEqual(attacks.little.parameters.parse({}), { z: 'max', ddof: 0 });
  t.deepEqual(attacks.empire.parameters.parse({}), { epsilon: 0.1 });
  t.deepEqual(attacks.reverse.parameters.parse({}), { factor: 100 });
  t.deepEqual(attacks['fang-trmean'].parameters.parse({}), { b: 2 });
  t.deepEqual(attacks.backdoor.parameters.parse({}), { target: 0, share: 20 / 64 });
  t.deepEqual(attacks['random-labels'].parameters.parse({}), { others: false });
  t.deepEqual(attacks['fang-krum'].parameters.parse({}), { threshold: 1e-5 });
});

test('what the registry says of an attack’s knowledge is what the attack asks for', (t) => {
  for (const { name, part, rule } of all) t.is(rule.kind === 'none' ? 'own' : rule.knowledge, part.knowledge, name);
  t.deepEqual(attacks.none.create({}), { kind: 'none' });
});

test('every attack tells what is sent, and every option what it means', (t) => {
  for (const { name, part } of all) {
    t.regex(part.formula, /\S/, name);
    for (const [option, field] of Object.entries(part.parameters.shape))
      t.truthy((field as { description?: string }).description, `${name}.${option}`);
  }
});

test('an unknown option is refused', (t) => {
  for (const { name, part } of all) t.false(part.parameters.safeParse({ unknown: 1 }).success, name);
  t.false(attacks.little.parameters.safeParse({ z: 'min' }).success);
});

test('who knows nothing but its own looks at nothing else', (t) => {
  const hidden = (): never => {
    throw new Error('this was not to be seen');
  };
  const blind = Object.defineProperties(view([], [], 1, { random: seededRandom(2) }), {
    ...{ honest: { get: hidden }, progress: { get: hidden }, defence: { get: hidden } },
  });
  for (const { name, rule } of vectorAttacks) {
    if (rule.kind !== 'vector' || rule.knowledge !== 'own') continue;
    const attack = atWork(rule, 3);
    t.notThrows(() => {
      attack(blind, Float64Array.of(1, -2, 3));
    }, name);
  }
});

test('who doesn’t need its own vector doesn’t look at it', (t) => {
  const each = { vectors: [[1, 2, 3], [-2, 5, 1]], weights: [2, 1] }; // prettier-ignore
  for (const { name, rule } of vectorAttacks) {
    if (rule.kind !== 'vector' || rule.needsOwn) continue;
    const one = lie(rule, view(each.vectors, each.weights, 1, seen()), [NaN, NaN, NaN]);
    t.deepEqual(lie(rule, view(each.vectors, each.weights, 1, seen()), [7, 8, 9]), one, name);
  }
});

test('before an honest vector is at the server, those who look at them send 0', (t) => {
  for (const { name, rule } of vectorAttacks) {
    if (rule.kind !== 'vector' || rule.knowledge === 'own' || name === 'shift-back') continue;
    t.deepEqual(lie(rule, view([], [], 1, seen()), [1, 2, 3]), [0, 0, 0], name);
  }
});

testProp('what is finite stays so, but for those who mean it', [crowd, fc.nat(9)], (t, each, byzantine) => {
  for (const { name, rule } of vectorAttacks) {
    if (name === 'infinite' || name === 'nan') continue;
    const out = Float32Array.of(1, -1, 0);
    atWork(rule, 3)(view(each.vectors, each.weights, byzantine + 1, seen()), out);
    t.true(out.every(Number.isFinite), `${name}: ${out.join(' ')}`);
  }
});

testProp('weights mean the same as repeats', [crowd, fc.nat(9)], (t, each, byzantine) => {
  const [weighted, unweighted] = bothWays(each, byzantine + 1, seen);
  for (const { name, rule } of vectorAttacks) {
    if (rule.kind !== 'vector' || rule.knowledge === 'own') continue;
    const [one, other] = [lie(rule, weighted, [4, 5, 6]), lie(rule, unweighted, [4, 5, 6])];
    weighted.random.restore(seededRandom(2).state());
    unweighted.random.restore(seededRandom(2).state());
    one.forEach((value, k) => {
      t.true(Math.abs(value - other[k]!) < 1e-6 * (1 + Math.abs(value)), `${name}: ${value} and ${other[k]}`);
    });
  }
});
