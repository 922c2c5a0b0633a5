import { z } from 'zod';
import { definePart } from '../registry/part.js';
import type { AggregatorRule } from './aggregator.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/** Ranges up to this many values are sorted outright. */
const SMALL = 8;

/** Weights this close to half of the total, relative to the total, count as exactly half. */
const HALF_TOLERANCE = 1e-12;

/**
 * Coordinate-wise weighted median: the least value with more than half of the weight at or below it; at exactly half, the
 * midpoint to the next value. NaN counts as +∞, so that non-finite values with less than half of the weight of a
 * coordinate never make the result non-finite. Unit weights give the unweighted rule.
 * Dahan & Levy 2024. Expected O(d·m).
 */
export const weightedMedian =
  (): AggregatorRule =>
  ({ count: most }) => {
    const values = new Float64Array(most);
    const shares = new Float64Array(most);
    return ({ count, dimension, vectors, weights }, out) => {
      const total = totalWeight(weights, count);
      const slack = HALF_TOLERANCE * total;
      for (let k = 0; k < dimension; k++) {
        for (let i = 0; i < count; i++) {
          const value = vectors[i]![k]!;
          values[i] = Number.isNaN(value) ? Infinity : value;
          shares[i] = weights[i]!;
        }
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
      swap(values, left, right);
      swap(shares, left, right);
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

const medianOfThree = (a: number, b: number, c: number): number =>
  a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;

const swap = (array: Float64Array, i: number, j: number): void => {
  const kept = array[i]!;
  array[i] = array[j]!;
  array[j] = kept;
};

const insertionSort = (values: Float64Array, shares: Float64Array, low: number, high: number): void => {
  for (let i = low + 1; i <= high; i++) {
    const value = values[i]!;
    const share = shares[i]!;
    let j = i;
    for (; j > low && values[j - 1]! > value; j--) {
      values[j] = values[j - 1]!;
      shares[j] = shares[j - 1]!;
    }
    values[j] = value;
    shares[j] = share;
  }
};

const least = (values: Float64Array, start: number, end: number): number => {
  let smallest = Infinity;
  for (let i = start; i < end; i++) if (values[i]! < smallest) smallest = values[i]!;
  return smallest;
};

const constants: readonly RobustnessConstant[] = [
  {
    name: 'c_λ',
    value: (lambda) => 1 / (1 - 2 * lambda),
    formula: '1/(1−2λ)',
    status: 'proved',
    source: 'One-sided Chebyshev inequality in each coordinate; attained.',
  },
  {
    name: 'c_λ',
    value: (lambda) => ((1 - lambda) / (1 - 2 * lambda)) ** 2,
    formula: '(1 + λ/(1−2λ))²',
    status: 'published',
    source: 'Dahan & Levy 2024, lemma C.3: (1 + λ/(1−2λ))².',
  },
];

export const weightedMedianPart = definePart({
  summary: 'Coordinate-wise weighted median, with the midpoint at exactly half of the weight.',
  source: 'Dahan & Levy, "Weight for Robustness", NeurIPS 2024, lemma C.3; unweighted: Yin et al., ICML 2018.',
  precondition: 'Byzantine workers hold less than half of the weight.',
  aliases: ['median', 'coordinate-wise-median', 'weighted-median', 'wcwmed'],
  complexity: 'O(d·m), expected',
  constants,
  parameters: z.strictObject({}),
  create: weightedMedian,
});
