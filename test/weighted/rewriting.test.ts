import test from 'ava';
import type { Kernels } from '../../src/kernels/index.js';
import type { Precision, Vector } from '../../src/kernels/vector.js';
import { seededRandom } from '../../src/random/index.js';
import type { AggregatorOperator, AggregatorRule, Shape } from '../../src/weighted/aggregator.js';
import { bulyan, clipping, ctma, geometricMedian, weightedMean, weightedMedian } from '../../src/weighted/index.js';
import { bothKernels } from '../kernels/both.js';
import { aggregate } from '../laws/cases.js';
import { chains, type Chain } from './chains.js';
import { line } from './line.js';

const kinds = bothKernels(1 << 29);

/** Twenty vectors and one that isn't finite, of a length that neither kind of kernels divides into whole blocks: of 64, or of what a lane holds. */
const [count, dimension] = [20, 70];

/** Without the form that writes over what it is given: an operator over it claims vectors of its own. */
const apart: AggregatorOperator = (rule) => {
  const { affine, pairwise } = rule;
  return Object.assign((shape: Shape) => rule(shape), { affine, pairwise });
};

const claimVectors = (kernels: Kernels, precision: Precision): Vector[] => {
  const vectors = kernels.memory.matrix(precision, count + 1, dimension);
  const draws = seededRandom('vectors');
  for (const [i, vector] of vectors.entries())
    vector.forEach((_, k) => (vector[k] = Math.fround((draws.next() - 0.5) * (i % 4 === 3 ? 2 : 0.5) + i / 50)));
  vectors[count]!.fill(NaN);
  return vectors;
};

/** What a rule makes, call after call, of vectors the number of which grows and one of which isn't finite in the end. */
const results = (rule: AggregatorRule, kernels: Kernels, given: readonly Vector[], weights: readonly number[]) => {
  const precision = given[0] instanceof Float32Array ? 'float32' : 'float64';
  const streams = seededRandom('draws');
  const draws = (name: string) => streams.fork(name);
  const combined = rule({ count, dimension, precision, kernels, random: draws, followModel: () => () => 3 });
  return [count - 3, count, count].map((many, call) => {
    const out = kernels.memory.vector(precision, dimension);
    const vectors = given.map((vector, i) => (call === 2 && i === 1 ? given[count]! : vector));
    combined({ count: many, dimension, vectors, weights }, out);
    return out;
  });
};

const bases: Readonly<Record<string, readonly [AggregatorRule, weights: 'equal' | 'any']>> = {
  mean: [weightedMean(), 'any'],
  cwmed: [weightedMedian(), 'any'],
  gm: [geometricMedian(), 'any'],
  'bulyan of averages': [bulyan({ f: 0, variant: 'aggregathor' }), 'equal'],
  'bulyan with a rule that hands vectors on': [
    bulyan({ f: 0, selector: clipping({ radius: 2 })(weightedMedian()) }),
    'equal',
  ],
};

const fits = ({ name }: Chain): boolean =>
  // Bulyan needs three vectors.
  !/bucketing by 6.*bucketing/.test(name) && !/bucketing.*bucketing by 6/.test(name);

for (const [name, [base, weights]] of Object.entries(bases))
  for (const kind of ['plain', 'simd'] as const)
    for (const precision of ['float32', 'float64'] as const)
      test(`chains over ${name} in one place give what they give in places of their own (${kind}, ${precision})`, (t) => {
        const kernels = kinds[kind];
        const vectors = claimVectors(kernels, precision);
        const before = vectors.map((vector) => [...vector]);
        const weighted = vectors.map((_, i) => (weights === 'any' ? 1 + (i % 3) : 1));
        for (const chain of chains(3).filter((each) => weights === 'any' || fits(each))) {
          const shared = results(chain.over(base), kernels, vectors, weighted);
          t.deepEqual(shared, results(chain.over(base, apart), kernels, vectors, weighted), chain.name);
        }
        t.deepEqual(
          vectors.map((vector) => [...vector]),
          before,
        );
      });

test('a rule that needs its vectors after its base has written over them has them back', (t) => {
  // Shortened to 4: 1, 2, 3, 4, 4. To 2: 1, 2, 2, 2, 2 with mean 1.8, to which 1, 2 and 3 of the former are nearest.
  const rule = clipping({ radius: 4 })(ctma({ lambda: 0.4 })(clipping({ radius: 2 })(weightedMean())));
  t.true(Math.abs(aggregate(rule, line([1, 2, 3, 4, 100]))[0]! - 2) < 1e-12);
});

test('an operator of somebody else’s between two of these keeps its vectors', (t) => {
  // It reads them after its base, and says nothing of being able to work in place.
  const spread: AggregatorOperator = (base) => (shape) => {
    const inner = base(shape);
    return (input, out) => {
      inner(input, out);
      for (let i = 0; i < input.count; i++) out[0]! += input.vectors[i]![0]!;
    };
  };
  const rule = clipping({ radius: 4 })(spread(clipping({ radius: 2 })(weightedMedian())));
  t.deepEqual(aggregate(rule, line([1, 2, 3, 4, 100])), [2 + 14]);
});
