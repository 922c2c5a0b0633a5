import { choleskySolve } from './cholesky-solve.js';
import type { SetSearch } from './set-search.js';

/** Variances this close, relatively, are equal. */
const TIE_TOLERANCE = 1e-9;

/** The bisection for an eigenvalue ends when it is known to this, relatively. */
const ACCURACY = 1e-13;

/**
 * Finds the vectors whose covariance has the least top eigenvalue. Claims scratch memory for up to `most`. A
 * depth-first search decides of one vector after the other, the most outlying first, whether it goes or stays. The
 * scatter Σ(x − x̄)(x − x̄)ᵀ of a set is no larger than that of a set which contains it, in every direction, so a
 * branch ends where the vectors that stay already scatter more than the best set found. Nonzero eigenvalues of a
 * scatter are those of the centred Gram matrix −½·J·D·J of the squared distances D, and all lie below x iff x·I less
 * that matrix has a Cholesky factor. At worst as many factors as there are sets, O(f³/6 + n³/6) each.
 */
export const smallestVariance = (most: number): SetSearch => {
  const order = new Int32Array(most);
  const outlying = new Float64Array(most);
  const staying = new Int32Array(most);
  const candidate = new Uint8Array(most);
  const scatter = scatters(most);
  const search = {
    squared: outlying as Float64Array,
    n: 0,
    size: 0,
    least: Infinity,
    best: candidate as Uint8Array,
  };
  /** Decides of the `at`-th in order and those after it; `stay` vectors stay so far, `left` more may go. */
  const decide = (at: number, stay: number, left: number): void => {
    const { squared, n, size } = search;
    if (at === n) {
      consider();
      return;
    }
    if (left > 0) decide(at + 1, stay, left - 1);
    if (stay === size) return;
    staying[stay] = order[at]!;
    if (scatter.isBelow(squared, n, staying, stay + 1, search.least * (1 + TIE_TOLERANCE)))
      decide(at + 1, stay + 1, left);
  };
  /** Takes the set that stays if it is better than the best so far, or as good and before it. */
  const consider = (): void => {
    const { squared, n, size, least, best } = search;
    candidate.fill(0, 0, n);
    for (let i = 0; i < size; i++) candidate[staying[i]!] = 1;
    const top = scatter.top(squared, n, staying, size);
    const tied = top >= least * (1 - TIE_TOLERANCE);
    if (!tied || isBefore(candidate, best, n)) best.set(candidate);
    search.least = Math.min(top, least);
  };
  return (squared, n, f, kept) => {
    orderByOutlying(squared, n, outlying, order);
    search.squared = squared;
    search.n = n;
    search.size = n - f;
    search.least = Infinity;
    search.best = kept;
    decide(0, 0, f);
  };
};

/** Puts the vectors with the largest sum of squared distances first; those that are equal keep their order. */
const orderByOutlying = (squared: Float64Array, n: number, sums: Float64Array, order: Int32Array): void => {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += squared[i * n + j]!;
    sums[i] = sum;
    let place = i;
    for (; place > 0 && sums[order[place - 1]!]! < sum; place--) order[place] = order[place - 1]!;
    order[place] = i;
  }
};

/** Whether set `a` comes before set `b`: at the first vector that only one of them has, it is in `a`. */
const isBefore = (a: Uint8Array, b: Uint8Array, n: number): boolean => {
  let i = 0;
  while (i < n - 1 && a[i] === b[i]) i++;
  return a[i]! > b[i]!;
};

/** The scatter of k of n vectors, seen through its eigenvalues. */
interface Scatters {
  /** Whether all eigenvalues are less than `limit`. */
  isBelow(squared: Float64Array, n: number, members: Int32Array, k: number, limit: number): boolean;
  /** The largest eigenvalue. */
  top(squared: Float64Array, n: number, members: Int32Array, k: number): number;
}

const scatters = (most: number): Scatters => {
  const gram = new Float64Array(most * most);
  const matrix = new Float64Array(most * most);
  const means = new Float64Array(most);
  const unused = new Float64Array(most);
  /** Whether limit·I − gram is positive definite. */
  const exceeds = (k: number, limit: number): boolean => {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < i; j++) matrix[i * k + j] = -gram[i * k + j]!;
      // What all vectors share scatters nothing, which is below any limit.
      matrix[i * k + i] = limit - gram[i * k + i]! + Number.MIN_VALUE;
    }
    return choleskySolve(matrix, unused, k);
  };
  return {
    isBelow: (squared, n, members, k, limit) => {
      if (limit === Infinity) return true;
      centre(squared, n, members, k, means, gram);
      return exceeds(k, limit);
    },
    top: (squared, n, members, k) => {
      let high = centre(squared, n, members, k, means, gram);
      let low = high / Math.max(1, k - 1);
      while (high - low > ACCURACY * high) {
        const middle = low + (high - low) / 2;
        if (exceeds(k, middle)) high = middle;
        else low = middle;
      }
      return high;
    },
  };
};

/** Writes the Gram matrix of k vectors about their mean, its lower triangle, row by row; returns its trace. */
const centre = (
  squared: Float64Array,
  n: number,
  members: Int32Array,
  k: number,
  means: Float64Array,
  gram: Float64Array,
): number => {
  let mean = 0;
  for (let i = 0; i < k; i++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += squared[members[i]! * n + members[j]!]!;
    means[i] = sum / k;
    mean += sum / (k * k);
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++)
      gram[i * k + j] = 0.5 * (means[i]! + means[j]! - mean - squared[members[i]! * n + members[j]!]!);
  }
  return (mean * k) / 2;
};
