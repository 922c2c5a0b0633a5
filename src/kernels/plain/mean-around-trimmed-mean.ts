import type { ColumnMean } from '../vector-kernels.js';
import { sortColumn } from './column-order.js';
import { columns, totalOf } from './columns.js';
import { meanNear, WEIGHT_TOLERANCE } from './mean-near.js';
import { meanBetween } from './trimmed-mean.js';

/** Distances from the trimmed mean, which is rounded, are equal when they are this close, relatively. */
const TIE_TOLERANCE = 1e-9;

/** Claims scratch memory. O(d·m·log m). */
export const meanAroundTrimmedMean = (): ColumnMean => {
  const column = columns(64);
  return (vectors, weights, count, dimension, trimmedWeight, out) => {
    column.claim(count);
    const { values, shares } = column;
    const total = totalOf(weights, count);
    const kept = total - trimmedWeight;
    const slack = WEIGHT_TOLERANCE * total;
    for (let k = 0; k < dimension; k++) {
      column.gather(vectors, weights, count, k);
      sortColumn(values, shares, 0, count - 1);
      const centre = meanBetween(values, shares, count, trimmedWeight, kept, slack);
      out[k] = meanNear(values, shares, count, centre, kept, slack, TIE_TOLERANCE);
    }
  };
};
