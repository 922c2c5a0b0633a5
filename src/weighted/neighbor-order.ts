import { sortColumn } from '../kernels/plain/column-order.js';
import type { PairwiseDistances } from './aggregator.js';

/** Each vector's others, nearest first: the r-th, from 0, of the i-th vector stands at i·(count − 1) + r. */
export interface NeighborOrder {
  readonly others: Int32Array;
  readonly squared: Float64Array;
}

/** Claims scratch memory for up to `most` vectors; the answer is lent until the next call. O(m²·log m), expected. */
export const neighborOrder = (most: number): ((input: PairwiseDistances) => NeighborOrder) => {
  const others = new Int32Array(most * most);
  const squared = new Float64Array(most * most);
  const row = new Float64Array(most);
  const places = new Float64Array(most);
  const order = { others, squared };
  return (input) => {
    const last = input.count - 1;
    for (let i = 0; i <= last; i++) {
      for (let r = 0; r < last; r++) {
        places[r] = r < i ? r : r + 1;
        row[r] = input.squared[i * input.count + places[r]!]!;
      }
      sortColumn(row, places, 0, last - 1);
      for (let r = 0; r < last; r++) {
        others[i * last + r] = places[r]!;
        squared[i * last + r] = row[r]!;
      }
    }
    return order;
  };
};
