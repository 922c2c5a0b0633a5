import type { SetSearch } from './set-search.js';

/** Squared distances this close, relatively, are equal. */
const TIE_TOLERANCE = 1e-9;

/**
 * Finds the vectors whose farthest pair is nearest. Claims scratch memory for up to `most`. To leave out f vectors such
 * that no two of the rest are farther apart than D is to cover with f vertices the graph of the pairs that are: a
 * search in which either the vertex of the most such pairs goes or all that it is paired with, O(1.47^f·n²) at worst;
 * the least such D by bisection over the distances; and the first set by asking of one vector after the other whether
 * it can stay.
 */
export const smallestDiameter = (most: number): SetSearch => {
  const ascending = new Float64Array((most * (most - 1)) / 2 + 1);
  const canCover = cover(most);
  const gone = new Uint8Array(most);
  return (squared, n, f, kept) => {
    const pairs = sortedDistances(squared, n, ascending);
    let low = 0;
    let high = pairs;
    while (low < high) {
      const middle = (low + high) >> 1;
      gone.fill(0, 0, n);
      if (canCover(squared, n, ascending[middle]!, f, gone)) high = middle;
      else low = middle + 1;
    }
    firstSet(squared, n, f, ascending[low]! * (1 + TIE_TOLERANCE), canCover, gone, kept);
  };
};

/** Writes 0 and the distances of all pairs in ascending order; returns how many pairs there are. */
const sortedDistances = (squared: Float64Array, n: number, ascending: Float64Array): number => {
  let pairs = 0;
  ascending.fill(Infinity);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) ascending[pairs++] = squared[i * n + j]!;
  ascending[pairs] = 0;
  ascending.sort();
  return pairs;
};

/** Whether `budget` of the vectors that aren't gone can go so that no two of the rest are farther apart than `limit`. */
type Cover = (squared: Float64Array, n: number, limit: number, budget: number, gone: Uint8Array) => boolean;

const cover = (most: number): Cover => {
  const went = new Int32Array(most);
  const search = (
    squared: Float64Array,
    n: number,
    limit: number,
    budget: number,
    gone: Uint8Array,
    depth: number,
  ): boolean => {
    let worst = -1;
    let conflicts = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const own = gone[i] ? 0 : farFrom(i, squared, n, limit, gone);
      total += own;
      if (own <= conflicts) continue;
      conflicts = own;
      worst = i;
    }
    if (conflicts === 0) return true;
    // Each that goes settles `conflicts` pairs at most.
    if (total / 2 > budget * conflicts) return false;
    gone[worst] = 1;
    if (search(squared, n, limit, budget - 1, gone, depth)) return true;
    gone[worst] = 0;
    if (conflicts === 1 || conflicts > budget) return false;
    let end = depth;
    for (let j = 0; j < n; j++) if (!gone[j] && squared[worst * n + j]! > limit) went[end++] = j;
    for (let k = depth; k < end; k++) gone[went[k]!] = 1;
    if (search(squared, n, limit, budget - conflicts, gone, end)) return true;
    for (let k = depth; k < end; k++) gone[went[k]!] = 0;
    return false;
  };
  return (squared, n, limit, budget, gone) => search(squared, n, limit, budget, gone, 0);
};

/** How many vectors that aren't gone are farther from the i-th than `limit`. */
const farFrom = (i: number, squared: Float64Array, n: number, limit: number, gone: Uint8Array): number => {
  let far = 0;
  for (let j = 0; j < n; j++) if (!gone[j] && squared[i * n + j]! > limit) far++;
  return far;
};

/** Writes the first set of n − f vectors no two of which are farther apart than `limit`; there is one. */
const firstSet = (
  squared: Float64Array,
  n: number,
  f: number,
  limit: number,
  canCover: Cover,
  gone: Uint8Array,
  kept: Uint8Array,
): void => {
  kept.fill(0, 0, n);
  let left = n - f;
  for (let i = 0; i < n && left > 0; i++) {
    // With the i-th in the set, all that are far from one that is in it must go; then as many must be left to choose from.
    kept[i] = 1;
    gone.fill(0, 0, n);
    let out = 0;
    for (let j = 0; j < n; j++) {
      const excluded = !kept[j] && (j < i || isFar(j, squared, n, limit, kept));
      if (excluded) out++;
      gone[j] = Number(excluded);
    }
    if (!isFar(i, squared, n, limit, kept) && out <= f && canCover(squared, n, limit, f - out, gone)) left--;
    else kept[i] = 0;
  }
};

/** Whether the i-th vector is farther than `limit` from one that is kept. */
const isFar = (i: number, squared: Float64Array, n: number, limit: number, kept: Uint8Array): boolean => {
  for (let j = 0; j < n; j++) if (kept[j] && squared[i * n + j]! > limit) return true;
  return false;
};
