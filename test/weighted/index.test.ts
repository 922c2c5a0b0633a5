import test from 'ava';
import { aggregators, operators } from '../../src/weighted/index.js';
import type { Requirements } from '../../src/weighted/requirements.js';

test('the registries know the papers’ short names', (t) => {
  t.deepEqual(Object.keys(aggregators), [
    ...['mean', 'average-nan', 'cwmed', 'gm', 'rfa', 'trmean', 'meamed', 'phocas', 'krum', 'multi-krum', 'bulyan'],
    ...['mda', 'smea', 'aksel', 'monna', 'cge', 'centered-clipping', 'caf', 'dnc', 'mfm', 'fltrust'],
  ]);
  t.deepEqual(Object.keys(operators), ['ctma', 'nnm', 'clipping', 'bucketing', 'arc', 'clipped-differences']);
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

test('where options can break a precondition, the part tells which weights have a meaning and refuses too few workers', (t) => {
  const parts = { ...aggregators, ...operators } as Readonly<Record<string, Requirements<never>>>;

  const counting = Object.keys(parts).filter((name) => parts[name]!.check && name !== 'fltrust');
  t.deepEqual(counting, [
    ...['trmean', 'meamed', 'phocas', 'krum', 'multi-krum', 'bulyan', 'mda', 'smea', 'aksel', 'monna', 'cge'],
    ...['caf', 'dnc', 'nnm', 'arc'],
  ]);
  for (const name of counting) {
    const { check, weights } = parts[name]!;
    t.is(weights, ['bulyan', 'mda', 'smea'].includes(name) ? 'equal' : 'equal with f', name);
    const least = name === 'bulyan' ? 19 : name.endsWith('krum') ? 11 : 9;
    t.notThrows(() => check?.({ f: 4 } as never, least), name);
    t.throws(() => check?.({ f: 4 } as never, least - 1), {
      instanceOf: RangeError,
      message: `${name} with f = 4 needs ${least} workers or more, got ${least - 1}`,
    });
  }
});

for (const [name, lambda, values] of [
  ['trmean', 0.25, [0.5]],
  ['meamed', 0.25, [4, 9]],
  ['phocas', 0.25, [2]],
  ['bulyan', 0.25, [Infinity, Infinity]],
  ['aksel', 0.25, [8]],
  ['monna', 0.2, [0.5]],
  ['krum', 0.25, [2.25 * (3 + 2 * Math.SQRT2), 9]],
  ['multi-krum', 0.25, [2.25 * (3 + 2 * Math.SQRT2), 9]],
  ['mda', 0.2, [0.5]],
  ['smea', 0.25, [2]],
  ['caf', 0.25, [2]],
] as const) {
  test(`at λ = ${lambda} the constants of ${name} are ${values.join(' and ')}`, (t) => {
    const found = aggregators[name].constants.map(({ value }) => value(lambda, 0));
    t.true(
      found.length === values.length &&
        found.every((value, i) => value === values[i] || Math.abs(value - values[i]!) < 1e-12),
    );
  });
}

test('adaptive clipping over a rule with c_λ = 5 at λ = 0.25 has 6', (t) => {
  t.deepEqual(
    operators.arc.constants.map(({ value }) => value(0.25, 5)),
    [6],
  );
});

test('at λ = 0.2 the constants of bulyan are 34 and (1 + √32)², and at 0 the second is 0', (t) => {
  const values = (lambda: number) => aggregators.bulyan.constants.map(({ value }) => value(lambda, 0));
  const [first, second] = values(0.2);
  t.true(Math.abs(first! - 34) < 1e-9 && Math.abs(second! - (1 + Math.sqrt(32)) ** 2) < 1e-9);
  t.deepEqual(values(0), [1, 0]);
});

test('nearest-neighbour mixing over a rule with c_λ = 5 at λ = 0.2 has 12', (t) => {
  t.deepEqual(
    operators.nnm.constants.map(({ value }) => value(0.2, 5)),
    [12],
  );
});

test('every rule and operator states a constant, or why it has none', (t) => {
  for (const [name, { constants, ...part }] of Object.entries({ ...aggregators, ...operators }))
    t.is('noConstant' in part, constants.length === 0, name);
});

test('CTMA’s constants, and no others, hold at the error of any anchor', (t) => {
  for (const [name, { constants }] of Object.entries({ ...aggregators, ...operators }))
    for (const { anchored } of constants) t.is(anchored, name === 'ctma' ? true : undefined, name);
});

test('what tells a rule who may lie is described', (t) => {
  for (const { parameters, ...part } of Object.values({ ...aggregators, ...operators })) {
    const lambdaIsNoShare = 'lambdaIsNoShare' in part;
    const fields: Readonly<Record<string, { readonly description?: string | undefined }>> = parameters.shape;
    if (fields.f)
      t.regex(fields.f.description!, /^Number of Byzantine vectors to withstand, all of one weight; at least 0/);
    if (fields.lambda)
      t.regex(fields.lambda.description!, lambdaIsNoShare ? /above 0\. No share/ : /at least 0, below 0\.5\.$/);
  }
});
