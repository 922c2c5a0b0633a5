import type { ColumnMean } from '../vector-kernels.js';
import { sortColumn } from './column-order.js';
import { columns, totalOf } from './columns.js';
import { medianOfSorted } from './weighted-median.js';

/** A part of a value's weight this small, relative to the total, is rounding: the value isn't looked at. */
const WEIGHT_TOLERANCE = 1e-12;

/** Claims scratch memory. O(d·m·log m). */
export const meanAroundMedian = (): ColumnMean => {
  const column = columns(64);
  return (vectors, weights, count, dimension, keptWeight, out) => {
    column.claim(count);
    const { values, shares } = column;
    const total = totalOf(weights, count);
    for (let k = 0; k < dimension; k++) {
      column.gather(vectors, weights, count, k);
      sortColumn(values, shares, 0, count - 1);
      const median = medianOfSorted(values, shares, count, total);
      out[k] = meanNear(values, shares, count, median, keptWeight, WEIGHT_TOLERANCE * total);
    }
  };
};

/** The mean of the weight `kept` nearest to `median` along ascending values; of two that are equally far, the smaller first. */
const meanNear = (
  values: Float64Array,
  shares: Float64Array,
  count: number,
  median: number,
  kept: number,
  slack: number,
): number => {
  let right = 0;
  while (right < count && values[right]! < median) right++;
  let left = right - 1;
  let rest = kept;
  let sum = 0;
  while (rest > slack && (left >= 0 || right < count)) {
    const down = left >= 0 && (right === count || median - values[left]! <= values[right]! - median);
    const i = down ? left-- : right++;
    const weight = Math.min(shares[i]!, rest);
    sum += weight * values[i]!;
    rest -= weight;
  }
  return sum / (kept - rest);
};
