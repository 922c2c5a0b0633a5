import test from 'ava';
import { attacks } from '../../src/attacks/index.js';

test('the registry knows the attacks by their names', (t) => {
  t.deepEqual(Object.keys(attacks), [
    ...['none', 'sign-flip', 'label-flip', 'random-labels', 'feature-noise', 'backdoor', 'little', 'empire'],
  ]);
});

test('no alias is another attack’s name or alias', (t) => {
  const names = Object.entries(attacks).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
  t.deepEqual([...new Set(names)], names);
});

test('options left out get the papers’ values', (t) => {
  t.deepEqual(attacks.little.parameters.parse({}), { z: 'max' });
  t.deepEqual(attacks.empire.parameters.parse({}), { epsilon: 0.1 });
  t.deepEqual(attacks.backdoor.parameters.parse({}), { target: 0, share: 20 / 64 });
  t.deepEqual(attacks['random-labels'].parameters.parse({}), { others: false });
});

test('what the registry says of an attack’s knowledge is what the attack asks for', (t) => {
  for (const { knowledge, made } of [
    { knowledge: attacks['sign-flip'].knowledge, made: attacks['sign-flip'].create({}) },
    { knowledge: attacks['label-flip'].knowledge, made: attacks['label-flip'].create({}) },
    { knowledge: attacks['random-labels'].knowledge, made: attacks['random-labels'].create({ others: false }) },
    { knowledge: attacks['feature-noise'].knowledge, made: attacks['feature-noise'].create({ sigma: 1 }) },
    { knowledge: attacks.backdoor.knowledge, made: attacks.backdoor.create({ target: 0, share: 1 }) },
    { knowledge: attacks.little.knowledge, made: attacks.little.create({ z: 1 }) },
    { knowledge: attacks.empire.knowledge, made: attacks.empire.create({ epsilon: 1 }) },
  ]) {
    t.is(made.kind === 'none' ? null : made.knowledge, knowledge);
  }
  t.deepEqual(attacks.none.create({}), { kind: 'none' });
});

test('an unknown option is refused', (t) => {
  t.false(attacks.empire.parameters.safeParse({ factor: 1 }).success);
  t.false(attacks.little.parameters.safeParse({ z: 'min' }).success);
});
