import test from 'ava';
import fc from 'fast-check';
import { configHash } from '../../src/scenario/config-hash.js';
import type { Scenario } from '../../src/scenario/schema.js';
import { small, smallBut } from './small-scenario.js';

/** The same data with its keys in another order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
};

/** Every leaf of plain data, by its path. */
const leaves = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
    : [path];

/** The same with another value at a path. */
const changed = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (key === undefined)
    return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)} `;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === key ? changed(item, rest) : item));
  return { ...(value as object), [key]: changed((value as Record<string, unknown>)[key], rest) };
};

const full = smallBut({
  label: 'a label',
  description: 'a description',
  compare: { x: { aggregator: 'mean' } },
  measure: { every: '5 steps' },
  workers: { count: 5, byzantine: [1, 2], speed: 'id' },
  aggregator: { kind: 'ctma', lambda: 0.3, base: 'gm' },
  stop: { steps: 50, time: '5s', gradients: 500 },
  figure: { panels: [{ title: 'a title', against: 'gradients' }] },
  replications: 3,
  allowUnsafe: true,
});
const unheard = ['name', 'label', 'description', 'compare', 'figure', 'allowUnsafe'];

test('the hash is 64 hexadecimal digits, and known for a known scenario', (t) => {
  t.regex(configHash(full), /^[0-9a-f]{64}$/);
  t.is(configHash(full), configHash(structuredClone(full)));
});

test('a change of any key that can change a result changes the hash; names, words and comparisons do not', (t) => {
  const before = configHash(full);
  const seen = new Set([before]);
  for (const path of leaves(full)) {
    const after = configHash(changed(full, path) as Scenario);
    t.is(after === before, unheard.includes(path[0]!), path.join('.'));
    if (!unheard.includes(path[0]!)) t.false(seen.has(after), path.join('.'));
    seen.add(after);
  }
  for (const key of unheard) {
    const { [key as 'label']: _, ...without } = full;
    t.is(configHash(without as Scenario), before, `without ${key}`);
  }
});

test('the order of keys does not matter, that of a list does', (t) => {
  t.is(configHash(reversed(full) as Scenario), configHash(full));
  const lists = smallBut({ workers: { count: 5, byzantine: [2, 1], speed: 'id' } });
  t.not(configHash(lists), configHash(smallBut({ workers: { count: 5, byzantine: [1, 2], speed: 'id' } })));
});

test('a default written out, an alias and a chain hash as what they stand for', (t) => {
  const hash = (changes: Readonly<Record<string, unknown>>): string => configHash(smallBut(changes));
  t.is(hash({ seed: 1 }), hash({}));
  t.is(hash({ attack: { kind: 'little', z: 'max' } }), hash({ attack: 'alie' }));
  t.is(
    hash({ aggregator: [{ kind: 'ctma', lambda: 0.3 }, 'gm'] }),
    hash({ aggregator: { kind: 'ctma', lambda: 0.3, base: 'geometric-median' } }),
  );
  t.is(hash({ name: 'other', seed: undefined, label: undefined }), hash({}));
});

test('two scenarios hash alike if and only if they resolve alike', (t) => {
  const edits = fc.record({
    name: fc.constantFrom('a', 'b'),
    description: fc.constantFrom('a', 'b'),
    seed: fc.nat(2),
    weights: fc.constantFrom('count', 'uniform', '1', 1),
    attack: fc.constantFrom('alie', 'little', 'none', { kind: 'little', z: 1 }),
    aggregator: fc.constantFrom('gm', 'geometric-median', ['gm'], 'mean'),
    stop: fc.constantFrom({ steps: 1 }, { steps: 11 }, { time: 1 }, { time: '1' }),
  });
  const told = ({ name: _n, description: _d, ...rest }: Scenario): string => JSON.stringify(rest);
  fc.assert(
    fc.property(edits, edits, (a, b) => {
      const [first, second] = [smallBut(a), smallBut(b)];
      t.is(configHash(first) === configHash(second), told(first) === told(second));
    }),
    { numRuns: 300 },
  );
  t.is(small.name, 'small');
});

test('one replication is none', (t) => {
  t.is(configHash(smallBut({ replications: 1 })), configHash(smallBut({})));
  t.not(configHash(smallBut({ replications: 2 })), configHash(smallBut({})));
});
