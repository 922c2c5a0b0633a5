import fc from 'fast-check';
import { agree, dot, longest, sum } from './cases.js';
import { over, mapVectors, direction, result, takesAnyWeights, casesFor, siegesFor, type Law } from './law.js';

const inBox = (result: readonly number[], vectors: readonly (readonly number[])[], scale: number): boolean =>
  result.every((value, k) => {
    const column = vectors.map((x) => x[k]!);
    const slack = 1e-9 * (1 + scale);
    return value >= Math.min(...column) - slack && value <= Math.max(...column) + slack;
  });

export const containmentLaws: readonly Law[] = [
  {
    name: 'equal vectors give that vector',
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const [first] = each.vectors;
        return agree(
          result(
            rule,
            mapVectors(each, () => [...first!]),
          ),
          first!,
          longest(each),
        );
      }),
  },
  {
    name: 'a vector with more than half of the weight is the result',
    concerns: takesAnyWeights,
    of: (rule) =>
      over(casesFor(rule), (each) => {
        const [first] = each.vectors;
        const heavy = each.weights.map((w, i) => (i === 0 ? w + 1.01 * sum(each.weights) : w));
        return agree(result(rule, { vectors: each.vectors, weights: heavy }), first!, longest(each));
      }),
  },
  {
    name: 'the result lies in the vectors’ box',
    of: (rule) => over(casesFor(rule), (each) => inBox(result(rule, each), each.vectors, longest(each))),
  },
  {
    name: 'the result lies in the vectors’ convex hull',
    of: (rule) =>
      over(fc.record({ each: casesFor(rule), towards: direction }), ({ each, towards }) => {
        const reached = dot(result(rule, each), towards);
        return reached <= Math.max(...each.vectors.map((x) => dot(x, towards))) + 1e-8 * (1 + longest(each));
      }),
  },
  {
    name: 'the result lies in the honest vectors’ box',
    of: (rule) =>
      over(siegesFor(rule), (each) =>
        inBox(result(rule, each, each.lambda), each.honest.vectors, longest(each.honest)),
      ),
  },
];
