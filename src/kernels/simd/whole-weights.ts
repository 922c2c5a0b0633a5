import type { Memory } from '../memory.js';
import type { Precision, ReadonlyVector, Vector } from '../vector.js';

/** Sums of integers up to this are exact. */
const MOST: Readonly<Record<Precision, number>> = { float32: 2 ** 24, float64: 2 ** 53 };

/** Weights as integers in the vectors' precision, whose sums are exact in any order. */
export interface WholeWeights {
  readonly values: Vector;
  /** Their sum. */
  total: number;
  /** What the given weights were multiplied by. */
  scale: number;
  /** Whether they are the given ones themselves. */
  exact: boolean;
  /** Whether all are the same. */
  equal: boolean;
}

/**
 * Reads weights into kernel memory: as they are where they are integers with an exact sum, as counts of updates are; else
 * as shares in parts of the largest sum that is exact, half a part off at most, so that weights that are equal, and sums of
 * the same weights, stay equal.
 */
export const wholeWeights = (
  memory: Memory,
  precision: Precision,
  most: number,
): ((weights: ReadonlyVector, count: number) => WholeWeights) => {
  const read: WholeWeights = { values: memory.vector(precision, most), total: 0, scale: 1, exact: true, equal: true };
  const limit = MOST[precision];
  return (weights, count) => {
    let total = 0;
    read.exact = read.equal = true;
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!;
      total += weight;
      if (!Number.isInteger(weight)) read.exact = false;
      if (weight !== weights[0]) read.equal = false;
    }
    if (total >= limit) read.exact = false;
    read.scale = read.exact ? 1 : (limit - count) / total;
    read.total = 0;
    for (let i = 0; i < count; i++) {
      const whole = read.exact ? weights[i]! : Math.round(weights[i]! * read.scale);
      read.values[i] = whole;
      read.total += whole;
    }
    return read;
  };
};
