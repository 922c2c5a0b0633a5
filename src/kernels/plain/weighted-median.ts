import type { WeightedMedian } from '../vector-kernels.js';
import { insertionSort, medianOfThree, SMALL, swapBoth } from './column-order.js';
import { columns, totalOf } from './columns.js';

/** Weights this close to half of the total, relative to the total, count as exactly half. */
const HALF_TOLERANCE = 1e-12;

/** Claims room for the weighted medians of up to `count` values. Expected O(d·m). */
export const weightedMedian: WeightedMedian = ({ count: most }) => {
  const column = columns(most);
  return ({ count, dimension, vectors, weights }, out) => {
    const total = totalOf(weights, count);
    const slack = HALF_TOLERANCE * total;
    const { values, shares } = column;
    for (let k = 0; k < dimension; k++) {
      column.gather(vectors, weights, count, k);
      out[k] = valueAtHalf(values, shares, count, total / 2, slack);
    }
  };
};

/** The weighted median of the first `count` values, which it reorders along with their shares. */
const valueAtHalf = (
  values: Float64Array,
  shares: Float64Array,
  count: number,
  half: number,
  slack: number,
): number => {
  // The median lies in low..high; everything before is no larger and holds the weight `below`, everything after is no less.
  let low = 0;
  let high = count - 1;
  let below = 0;
  while (high - low >= SMALL) {
    const pivot = medianOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let left = low;
    let right = high;
    let weight = below;
    for (;;) {
      while (values[left]! < pivot) weight += shares[left++]!;
      while (values[right]! > pivot) right--;
      if (left >= right) break;
      swapBoth(values, shares, left, right);
      weight += shares[left++]!;
      right--;
    }
    if (left === right) weight += shares[left++]!;
    if (weight >= half - slack) {
      high = left - 1;
    } else {
      low = left;
      below = weight;
    }
  }
  insertionSort(values, shares, low, high);
  while (low < high && below + shares[low]! < half - slack) below += shares[low++]!;
  if (below + shares[low]! > half + slack) return values[low]!;
  const next = low < high ? values[low + 1]! : least(values, high + 1, count);
  return 0.5 * values[low]! + 0.5 * next;
};

const least = (values: Float64Array, start: number, end: number): number => {
  let smallest = Infinity;
  for (let i = start; i < end; i++) if (values[i]! < smallest) smallest = values[i]!;
  return smallest;
};

/** The weighted median of `count` ascending values that weigh `total`. O(m). */
export const medianOfSorted = (values: Float64Array, shares: Float64Array, count: number, total: number): number => {
  const slack = HALF_TOLERANCE * total;
  let below = shares[0]!;
  let j = 0;
  while (j < count - 1 && below < total / 2 - slack) below += shares[++j]!;
  if (below > total / 2 + slack || j === count - 1) return values[j]!;
  return 0.5 * values[j]! + 0.5 * values[j + 1]!;
};
