/**
 * Writes to `kept` (1 or 0 for each vector) the n − f vectors that lie together best; of several such sets the first in
 * lexicographic order. `squared` holds the squared distance of i and j at i·n + j.
 */
export type SetSearch = (squared: Float64Array, n: number, f: number, kept: Uint8Array) => void;
