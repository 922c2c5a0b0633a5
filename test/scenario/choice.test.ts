import test from 'ava';
import { attacks } from '../../src/attacks/index.js';
import { datasets, partitions } from '../../src/learning/data/index.js';
import { models } from '../../src/learning/index.js';
import { methods } from '../../src/methods/index.js';
import { protocols } from '../../src/protocols/index.js';
import { findName, type Registry } from '../../src/scenario/choice.js';
import { aggregators, operators } from '../../src/weighted/index.js';
import { refusal, smallBut } from './small-scenario.js';

const registries: Readonly<Record<string, Registry>> = {
  aggregators: { ...aggregators, ...operators },
  attacks,
  datasets,
  methods,
  models,
  partitions,
  protocols,
};

test('each alias and each name, in any case, finds its part and no other', (t) => {
  for (const [kind, registry] of Object.entries(registries)) {
    const words = Object.entries(registry).flatMap(([name, { aliases = [] }]) =>
      [name, ...aliases].map((word) => ({ name, word })),
    );
    t.is(new Set(words.map(({ word }) => word)).size, words.length, `two parts of ${kind} share a word`);
    for (const { name, word } of words) {
      t.is(findName(registry, word), name);
      t.is(findName(registry, word.toUpperCase()), name, word);
    }
    for (const stranger of ['', 'constructor', '__proto__', 'toString', 'nobody'])
      t.is(findName(registry, stranger), undefined, `${kind} ${stranger}`);
  }
});

test('an alias becomes the name, as a word and as a kind', (t) => {
  t.deepEqual(smallBut({ attack: 'alie' }).attack, { kind: 'little', z: 'max', ddof: 0 });
  t.deepEqual(smallBut({ attack: { kind: 'IPM', epsilon: 2 } }).attack, { kind: 'empire', epsilon: 2 });
  t.is(smallBut({ aggregator: 'geometric-median' }).aggregator.kind, 'gm');
  t.is(smallBut({ aggregator: 'median' }).aggregator.kind, 'cwmed');
  t.is(smallBut({ protocol: 'async' }).protocol.kind, 'asynchronous');
});

const ctma = (lambda: number, base: unknown): object => ({ kind: 'ctma', lambda, base });

test('a chain is nested operators, read from the workers to the server', (t) => {
  const chain = [{ kind: 'ctma', lambda: 0.3 }, { kind: 'ctma', lambda: 0.2 }, 'gm'];
  t.deepEqual(
    smallBut({ aggregator: chain }).aggregator,
    smallBut({ aggregator: ctma(0.3, ctma(0.2, 'gm')) }).aggregator,
  );
  t.deepEqual(smallBut({ aggregator: ['gm'] }).aggregator, smallBut({ aggregator: 'gm' }).aggregator);
  t.deepEqual(
    smallBut({ aggregator: ctma(0.3, [{ kind: 'ctma', lambda: 0.2 }, 'gm']) }).aggregator,
    smallBut({ aggregator: chain }).aggregator,
  );
  t.deepEqual(
    smallBut({ aggregator: [{ kind: 'ctma', lambda: 0.3 }, ctma(0.2, 'gm')] }).aggregator,
    smallBut({ aggregator: chain }).aggregator,
  );
});

const refused: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [{ aggregator: [] }, /^aggregator: the list of aggregators is empty; it ends in a rule$/],
  [{ aggregator: ['gm', 'cwmed'] }, /^aggregator\.0: unknown operator "gm"; known are ctma/],
  [
    { aggregator: ['gm', 'ctma'] },
    /^aggregator\.1: the list ends in the operator ctma; .*: mean, average-nan, cwmed, gm/,
  ],
  [{ aggregator: { kind: 'ctma', lambda: 0.3 } }, /^aggregator\.base: ctma works on another rule: give it a "base"/],
  [{ aggregator: ctma(0.5, 'gm') }, /^aggregator\.lambda: found 0\.5; it must be < 0\.5$/],
  [{ aggregator: ctma(0.3, ctma(0.7, 'gm')) }, /^aggregator\.base\.lambda: found 0\.7; it must be < 0\.5$/],
  [{ aggregator: [{ kind: 'ctma', lambda: 0.7 }, 'gm'] }, /^aggregator\.0\.lambda: found 0\.7/],
  [{ aggregator: ctma(0.3, 'gmm') }, /^aggregator\.base: unknown aggregator "gmm".*; did you mean "gm"\?$/],
  [{ aggregator: 3 }, /^aggregator: found 3; a name is needed, or an object with "kind"/],
  [{ aggregator: null }, /^aggregator: is empty; a name is needed/],
  [{ aggregator: {} }, /^aggregator\.kind: is missing; "kind" names the aggregator/],
  [{ aggregator: { kind: 3 } }, /^aggregator\.kind: found 3; "kind" names the aggregator/],
  [{ aggregator: undefined }, /^aggregator: is missing; an aggregator is needed: mean, average-nan, cwmed, gm/],
  [{ aggregator: 'geometric-medain' }, /did you mean "geometric-median"\?$/],
  [{ aggregator: '__proto__' }, /^aggregator: unknown aggregator "__proto__"/],
  [{ aggregator: { kind: 'cwmed', f: 2 } }, /^aggregator\.f: unknown option "f" of cwmed; it takes no options$/],
  [
    { aggregator: { ...ctma(0.3, 'gm'), lamda: 1 } },
    /^aggregator\.lamda: unknown option "lamda" of ctma; .* did you mean "lambda"\?$/,
  ],
  [{ attack: 'empier' }, /^attack: unknown attack "empier"; known are .*; did you mean "empire"\?$/],
  [{ attack: { kind: 'little', z: 'foo' } }, /^attack\.z: found "foo"; max or a finite number is needed$/],
  [{ method: 'sgd' }, /^method\.lr: is missing; a finite number or a text is needed$/],
  [{ method: undefined }, /^method: is missing; a method is needed: sgd, momentum, mu2-sgd/],
  [{ learn: {} }, /^learn\.model: is missing; a model is needed: quadratic/],
  [
    { learn: { model: { kind: 'mlp', hidden: [3, 0] }, data: 'digits' } },
    /^learn\.model\.hidden\.1: found 0; it must be > 0$/,
  ],
  [
    { learn: { model: 'quadratic', data: 'digist' } },
    /^learn\.data: unknown data set "digist".*; did you mean "digits"\?$/,
  ],
  [
    { protocol: { kind: 'asynchronous', arrivals: 'sampeld' } },
    /^protocol\.arrivals: found "sampeld"; allowed are timed, sampled; did you mean "sampled"\?$/,
  ],
  [
    { protocol: { kind: 'asynchronous', arrivals: 'sampled', byzantineShare: 0.5 } },
    /^protocol\.byzantineShare: found 0\.5; it must be < 0\.5$/,
  ],
];

for (const [changes, pattern] of refused)
  test(`refused: ${JSON.stringify(changes)} (${pattern.source.slice(0, 40)})`, async (t) => {
    t.regex((await refusal(() => smallBut(changes)))!, pattern);
  });
