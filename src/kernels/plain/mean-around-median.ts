import type { ColumnMean } from '../vector-kernels.js';
import { sortColumn } from './column-order.js';
import { columns, totalOf } from './columns.js';
import { meanNear, WEIGHT_TOLERANCE } from './mean-near.js';
import { medianOfSorted } from './weighted-median.js';

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
      out[k] = meanNear(values, shares, count, median, keptWeight, WEIGHT_TOLERANCE * total, 0);
    }
  };
};
