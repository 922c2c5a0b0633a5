import test from 'ava';
import { attacks, little, signFlip } from '../../src/attacks/index.js';

test('the registry knows the attacks by their names', (t) => {
  const plain = ['none', 'sign-flip', 'label-flip', 'little', 'empire'];
  const stateful = ['silent', 'momentum-tailored'];
  const wrapping = ['optimal', 'scaled', 'conditional', 'mixture'];
  t.deepEqual(Object.keys(attacks), [...plain, ...stateful, ...wrapping]);
});

test('no alias is another attack’s name or alias', (t) => {
  const names = Object.entries(attacks).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
  t.deepEqual([...new Set(names)], names);
});

test('options left out get the papers’ values', (t) => {
  t.deepEqual(attacks.little.parameters.parse({}), { z: 'max' });
  t.deepEqual(attacks.empire.parameters.parse({}), { epsilon: 0.1 });
});

test('what the registry says of an attack’s knowledge is what the attack asks for', (t) => {
  for (const { knowledge, made } of [
    { knowledge: attacks['sign-flip'].knowledge, made: attacks['sign-flip'].create({}) },
    { knowledge: attacks['label-flip'].knowledge, made: attacks['label-flip'].create({}) },
    { knowledge: attacks.little.knowledge, made: attacks.little.create({ z: 1 }) },
    { knowledge: attacks.empire.knowledge, made: attacks.empire.create({ epsilon: 1 }) },
    { knowledge: attacks.silent.knowledge, made: attacks.silent.create({}) },
    { knowledge: attacks['momentum-tailored'].knowledge, made: attacks['momentum-tailored'].create({}) },
    { knowledge: attacks.optimal.knowledge, made: attacks.optimal.create({ attack: little() }) },
    { knowledge: attacks.scaled.knowledge, made: attacks.scaled.create({ attack: signFlip(), strength: 2 }) },
    { knowledge: attacks.conditional.knowledge, made: attacks.conditional.create({ attack: signFlip(), when: 1 }) },
    {
      knowledge: attacks.mixture.knowledge,
      made: attacks.mixture.create({ attacks: [{ attack: signFlip(), share: 1 }] }),
    },
  ]) {
    t.is(made.kind === 'none' ? null : made.knowledge, knowledge);
  }
  t.deepEqual(attacks.none.create({}), { kind: 'none' });
});

test('an unknown option is refused', (t) => {
  t.false(attacks.empire.parameters.safeParse({ factor: 1 }).success);
  t.false(attacks.little.parameters.safeParse({ z: 'min' }).success);
});
