import type { AggregatorRule } from '../../src/index.js';
import type { Kernels, Library } from './kernels.js';

/** The rules of the library by the words of the tasks, as functions of f of m vectors. */
export const rules = (library: Library): Readonly<Record<string, (f: number, m: number) => AggregatorRule>> => {
  const { weightedMean, weightedMedian, geometricMedian, weiszfeld, ctma } = library;
  return {
    average: () => weightedMean(),
    median: () => weightedMedian(),
    'geometric-median': () => weiszfeld({ iterations: 3, smoothing: 0.1 }),
    'w-rfa': () => weiszfeld(),
    'w-cwmed': () => weightedMedian(),
    'w-gm': () => geometricMedian(),
    'w-gm+ctma': (f, m) => ctma({ lambda: f / m })(geometricMedian()),
    'w-cwmed+ctma': (f, m) => ctma({ lambda: f / m })(weightedMedian()),
  };
};

/** The rules that take weights of 1, whatever weights are given. */
export const unweighted = ['average', 'median', 'geometric-median'];

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
      const own = unweighted.includes(name) ? { ...input, weights: new Float64Array(count).fill(1) } : input;
      const out = newVector('float32', dimension);
      return () => {
        aggregate(own, out);
        return out;
      };
    },
    run: ({ plan, protocol, pace, threads }) => (threads === 1 ? simulate(plan, protocol, pace) : undefined),
  };
};
