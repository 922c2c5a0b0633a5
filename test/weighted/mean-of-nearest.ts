import { sum, type Case } from '../laws/cases.js';

/** The mean of the weight `kept` with the least values, vector by vector; those with equal values at the boundary share the rest. */
export const meanOfNearest = ({ vectors, weights }: Case, values: readonly number[], kept: number): number[] => {
  const total = vectors[0]!.map(() => 0);
  let rest = kept;
  const left = new Set(values.keys());
  while (rest > 1e-9 * kept && left.size > 0) {
    const least = Math.min(...[...left].map((i) => values[i]!));
    const equal = [...left].filter((i) => values[i]! <= least * (1 + 1e-9));
    const share = Math.min(1, rest / sum(equal.map((i) => weights[i]!)));
    for (const i of equal) {
      left.delete(i);
      rest -= share * weights[i]!;
      vectors[i]!.forEach((value, k) => (total[k]! += (share * weights[i]! * value) / kept));
    }
  }
  return total;
};

/** As many copies of each vector as its whole weight says. */
export const copiesOf = ({ vectors, weights }: Case): Case => {
  const copies = vectors.flatMap((x, i) => Array.from({ length: weights[i]! }, () => x));
  return { vectors: copies, weights: copies.map(() => 1) };
};
