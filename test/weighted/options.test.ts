import test from 'ava';
import type { z } from 'zod';
import type { Registered } from '../../src/registry/part.js';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { aggregators, operators } from '../../src/weighted/index.js';

/** Values at the edges of what an option may be, and just outside. */
interface Edges {
  readonly allowed: readonly unknown[];
  readonly refused: readonly unknown[];
}

const whole = (least: number): Edges => ({ allowed: [least, least + 7], refused: [least - 1, least + 0.5, '2'] });
const above = (least: number, most = 1e9): Edges => ({ allowed: [least + 1e-12, most], refused: [least, least - 1] });

const edges: Readonly<Record<string, Edges>> = {
  f: whole(0),
  lambda: { allowed: [0, 0.4999], refused: [-1e-9, 0.5, '0.1'] },
  'clipped-differences.lambda': above(0),
  radius: above(0),
  threshold: above(0),
  smoothing: above(0),
  tolerance: { allowed: [1e-12, 0.99], refused: [0, 1] },
  c: { allowed: [1e-9, 2], refused: [0, 2.001] },
  iterations: whole(1),
  maxIterations: whole(1),
  coordinates: whole(1),
  trusted: whole(1),
  size: whole(1),
  m: whole(1),
  start: { allowed: ['zero'], refused: ['nonsense', ''] },
  selector: { allowed: ['krum', 'gm'], refused: ['nonsense', ''] },
  variant: { allowed: [], refused: ['nonsense', ''] },
};

/** What must be given beside the option that is tried. */
const needed: Readonly<Record<string, object>> = {
  bulyan: { f: 1 },
  mda: { f: 1 },
  smea: { f: 1 },
  'centered-clipping': { radius: 1 },
  clipping: { radius: 1 },
  ctma: { lambda: 0.1 },
  'clipped-differences': { lambda: 1 },
  mfm: { threshold: 1 },
};

for (const [name, { parameters }] of Object.entries({ ...aggregators, ...operators }))
  for (const [option, field] of Object.entries<z.ZodType>(parameters.shape))
    test(`${name}.${option} takes what it says and nothing beside`, (t) => {
      const { allowed, refused } = edges[`${name}.${option}`] ?? edges[option]!;
      const parse = (value: unknown) => parameters.safeParse({ ...needed[name], [option]: value });
      for (const value of allowed) {
        const found = parse(value);
        t.true(found.success, `${name}.${option} = ${String(value)}`);
        t.is((found.data as Readonly<Record<string, unknown>>)[option], value);
      }
      for (const value of refused) t.false(parse(value).success, `${name}.${option} = ${String(value)}`);
      t.truthy(field.description);
    });

test('options that bound themselves or have names do so', (t) => {
  t.false(aggregators.mda.parameters.safeParse({ f: 33 }).success);
  t.true(aggregators.mda.parameters.safeParse({ f: 32 }).success);
  for (const variant of ['published', 'byzfl', 'garfield'])
    for (const name of ['krum', 'multi-krum'] as const)
      t.true(aggregators[name].parameters.safeParse({ f: 1, variant }).success, variant);
  for (const variant of ['mid', 'n-f']) t.true(aggregators.aksel.parameters.safeParse({ f: 1, variant }).success);
  for (const variant of ['published', 'aggregathor'])
    t.true(aggregators.bulyan.parameters.safeParse({ f: 1, variant }).success);
  for (const start of ['zero', 'mean', 'cwmed']) t.true(aggregators.rfa.parameters.safeParse({ start }).success);
  for (const start of ['previous', 'zero'])
    t.true(aggregators['centered-clipping'].parameters.safeParse({ radius: 1, start }).success);
});

test('options left out have these values', (t) => {
  t.deepEqual(aggregators.krum.parameters.parse({ f: 1 }), { f: 1, variant: 'published' });
  t.deepEqual(aggregators['multi-krum'].parameters.parse({ f: 1 }), { f: 1, variant: 'published' });
  t.deepEqual(aggregators.aksel.parameters.parse({ f: 1 }), { f: 1, variant: 'mid' });
  t.deepEqual(aggregators.bulyan.parameters.parse({ f: 1 }), { f: 1, selector: 'krum', variant: 'published' });
  t.deepEqual(aggregators['centered-clipping'].parameters.parse({ radius: 1 }), {
    ...{ radius: 1, iterations: 1, start: 'previous' },
  });
  t.deepEqual(aggregators.dnc.parameters.parse({ f: 1 }), { f: 1, iterations: 1, coordinates: 10_000, c: 1 });
  t.deepEqual(aggregators.fltrust.parameters.parse({}), { trusted: 1 });
  t.deepEqual(aggregators.monna.parameters.parse({ f: 1 }), { f: 1, trusted: 1 });
  t.deepEqual(operators.bucketing.parameters.parse({}), { size: 2 });
});

test('a registry’s part makes the rule of its name', (t) => {
  const line = [0, 1, 2, 3, 4, 5, 6, 7, 100];
  const input = {
    ...{ count: line.length, dimension: 1, vectors: line.map((x) => Float64Array.of(x)) },
    ...{ weights: new Float64Array(line.length).fill(1), trusted: Float64Array.of(4) },
  };
  const random = () => ({ next: () => 0.5 });
  const parts: Readonly<Record<string, Registered<AggregatorRule>>> = aggregators;
  const result = (name: string): number => {
    const { parameters, create } = parts[name]!;
    const counts = Object.hasOwn(parameters.shape, 'f') ? { f: 1 } : {};
    const options = parameters.parse({ ...counts, ...needed[name] });
    const out = new Float64Array(1);
    create(options as never)({ count: line.length, dimension: 1, random })(input, out);
    return Math.round(out[0]! * 1e6) / 1e6;
  };
  t.deepEqual(Object.fromEntries(Object.keys(parts).map((name) => [name, result(name)])), {
    ...{
      mean: 14.222222,
      'average-nan': 14.222222,
      cwmed: 4,
      gm: 4,
      trmean: 4,
      meamed: 3.5,
      phocas: 3.5,
      mda: 3.5,
      smea: 3.5,
      cge: 3.5,
      dnc: 3.5,
    },
    // 3 and 4 have the same score; the first is taken. Six values are averaged: those of 1 to 6.
    ...{ krum: 3, 'multi-krum': 3.5, bulyan: 3 },
    // The vector 0 is trusted by MoNNA, 4 by FLTrust, and the five nearest to 4 are averaged by Aksel.
    ...{ monna: 3.5, fltrust: 4, aksel: 4 },
    // Three steps from 0, one of the vectors, each of which takes away most of its pull: 8e-6, 6.4e-5, 5.12e-4.
    rfa: 0.000512,
    // Eight vectors pull by 1; no five of nine lie within 1 of each other; the liar is filtered, and 0 and 7 in part.
    ...{ 'centered-clipping': 0.888889, mfm: 0, caf: 3.515555 },
  });
});
