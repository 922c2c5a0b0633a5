import test from 'ava';
import { aggregators, operators } from '../../src/weighted/index.js';

test('the registries know the papers’ short names', (t) => {
  t.deepEqual(Object.keys(aggregators), ['mean', 'cwmed', 'gm', 'rfa']);
  t.deepEqual(Object.keys(operators), ['ctma']);
});

test('no alias is another rule’s name or alias', (t) => {
  const names = Object.entries({ ...aggregators, ...operators }).flatMap(([name, { aliases = [] }]) => [
    name,
    ...aliases,
  ]);
  t.deepEqual([...new Set(names)], names);
});

test('every option is described, and an unknown one is refused', (t) => {
  for (const [name, { parameters }] of Object.entries({ ...aggregators, ...operators })) {
    const fields: Readonly<Record<string, { readonly description?: string | undefined }>> = parameters.shape;
    for (const [option, { description }] of Object.entries(fields)) t.truthy(description, `${name}.${option}`);
    t.false(parameters.safeParse({ lambda: 0.1, nonsense: 1 }).success, name);
  }
});

test('options left out get the papers’ values', (t) => {
  t.deepEqual(aggregators.rfa.parameters.parse({}), { iterations: 3, smoothing: 1e-6, start: 'zero' });
  t.deepEqual(aggregators.gm.parameters.parse({}), { tolerance: 1e-10, maxIterations: 100 });
});

for (const [lambda, sharp, published] of [
  [0, 1, 1],
  [0.1, 1.25, 1.265625],
  [0.4, 5, 9],
] as const) {
  test(`at λ = ${lambda} the medians’ constants are ${sharp} and ${published}`, (t) => {
    for (const name of ['cwmed', 'gm'] as const) {
      const values = aggregators[name].constants.map(({ value }) => value(lambda, 0));
      t.true(Math.abs(values[0]! - sharp) < 1e-12 && Math.abs(values[1]! - published) < 1e-12, name);
    }
  });
}

test('CTMA over a rule with c_λ = 5 at λ = 0.4 has 16, and 144 as published', (t) => {
  const values = operators.ctma.constants.map(({ value }) => value(0.4, 5));
  t.true(Math.abs(values[0]! - 16) < 1e-12 && Math.abs(values[1]! - 144) < 1e-12);
});
