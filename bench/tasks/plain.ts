import type { AggregatorRule, ReadonlyVector } from '../../src/index.js';
import type { Kernels, Library } from './kernels.js';

type Rules = Readonly<Record<string, (f: number, m: number) => AggregatorRule>>;

/** What an operator hands to its rule, as the result: all of the vectors, one after another, for whoever reads it. */
const givenVectors: AggregatorRule =
  () =>
  ({ vectors }, out) => {
    mixed.set(out, vectors);
  };

/** By a call's result, the vectors of which it stands. */
const mixed = new WeakMap<object, readonly ReadonlyVector[]>();

/** The numbers of a call's result. */
export const numbersOf = (result: ReadonlyVector): ReadonlyVector => {
  const vectors = mixed.get(result);
  return vectors ? vectors.flatMap((vector) => Array.from(vector)) : result;
};

/** The rules of the library by the words of the tasks, as functions of f of m vectors. */
export const rules = (library: Library): Rules => {
  const { weightedMean, weightedMedian, geometricMedian, weiszfeld, ctma } = library;
  const all: Rules = {
    average: () => weightedMean(),
    median: () => weightedMedian(),
    'geometric-median': () => weiszfeld({ iterations: 3, smoothing: 0.1 }),
    'w-rfa': () => weiszfeld(),
    'w-cwmed': () => weightedMedian(),
    'w-gm': () => geometricMedian(),
    'w-gm+ctma': (f, m) => ctma({ lambda: f / m })(geometricMedian()),
    'w-cwmed+ctma': (f, m) => ctma({ lambda: f / m })(weightedMedian()),
    'trimmed-mean': (f) => library.trimmedMean({ f }),
    meamed: (f) => library.meanAroundMedian({ f }),
    krum: (f) => library.krum({ f, variant: 'byzfl' }),
    'multi-krum': (f) => library.multiKrum({ f, variant: 'byzfl' }),
    mda: (f) => library.mda({ f }),
    smea: (f) => library.smea({ f }),
    nnm: (f) => library.nnm({ f })(givenVectors),
    'centred-clipping': () => library.centeredClipping({ radius: 100, start: 'zero' }),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => (later[name] ?? 'simulate') in library));
};

/** Rules by what they are called in the library, which an earlier version may lack. */
const later: Readonly<Record<string, string>> = {
  'trimmed-mean': 'trimmedMean',
  meamed: 'meanAroundMedian',
  krum: 'krum',
  'multi-krum': 'multiKrum',
  mda: 'mda',
  smea: 'smea',
  nnm: 'nnm',
  'centred-clipping': 'centeredClipping',
};

/** The rules that take the weights given; all others take weights of 1. */
export const weighted = ['w-rfa', 'w-cwmed', 'w-gm', 'w-gm+ctma', 'w-cwmed+ctma'];

/** The plain TypeScript loops, through the public API: what any version of the library can be measured by. */
export const plain = (library: Library): Kernels => {
  const { models, newVector, simulate } = library;
  const known = rules(library);
  return {
    vectors: (rows, dimension) => Array.from({ length: rows }, () => newVector('float32', dimension)),
    cnn: (data, batch) => models.cnn.create({})({ data, batch }),
    rule: (name, input, f) => {
      const { count, dimension } = input;
      const aggregate = known[name]?.(f, count)({ count, dimension });
      if (aggregate === undefined) return undefined;
      const own = weighted.includes(name) ? input : { ...input, weights: new Float64Array(count).fill(1) };
      const out = newVector('float32', dimension);
      return () => {
        aggregate(own, out);
        return out;
      };
    },
    run: ({ plan, protocol, pace, threads }) => (threads === 1 ? simulate(plan, protocol, pace) : undefined),
  };
};
