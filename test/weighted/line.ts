import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import type { Case } from '../laws/cases.js';

/** Vectors of one number each; of weight 1 unless given. */
export const line = (values: readonly number[], weights = values.map(() => 1)): Case => ({
  vectors: values.map((value) => [value]),
  weights,
});

/** What a rule for five workers makes of vectors of one weight that arrive first: 7, then also 1, 2 and 4. */
export const ofFirstArrivals = (rule: AggregatorRule): readonly number[] => {
  const aggregate = rule({ count: 5, dimension: 1 });
  const out = new Float64Array(1);
  return [[7], [7, 1], [7, 1, 2], [7, 1, 2, 4]].map((values) => {
    const input = line(
      values,
      values.map(() => 3),
    );
    aggregate({ count: values.length, dimension: 1, ...input }, out);
    return out[0]!;
  });
};
