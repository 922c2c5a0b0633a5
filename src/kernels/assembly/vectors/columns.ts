// Columns: 64 bytes of neighbouring coordinates (16 of float32, 8 of float64) of all rows, side by side in scratch
// memory, so that each coordinate can be sorted over the rows without a branch. A sorting network is a list of
// comparators, pairs of u32 (i, j), i ≠ j, each of which puts the smaller of entries i and j into i and the larger into
// j. It may also be given as code: a function of where the columns begin.
import { nanAsInfinity, row } from './lanes';

/** Bytes of one row in a set of columns. */
export const WIDTH: usize = 64;

/** The entry of row `i` in the columns at `columns`. */
@inline
export function entry(columns: usize, i: i32): usize {
  return columns + (<usize>i << 6);
}

/** Copies `bytes` bytes, at most 64, of each row to `columns`, zeros behind them, NaN as +∞. */
@inline
export function gatherColumns<T>(rows: usize, count: i32, offset: usize, bytes: usize, columns: usize): void {
  const infinity = v128.splat<T>(<T>Infinity);
  for (let i = 0; i < count; i++) {
    const to = entry(columns, i);
    let from = row(rows, i) + offset;
    if (bytes < WIDTH) {
      memory.fill(to, 0, WIDTH);
      memory.copy(to, from, bytes);
      from = to;
    }
    for (let p: usize = 0; p < WIDTH; p += 16) v128.store(to + p, nanAsInfinity<T>(v128.load(from + p), infinity));
  }
}

/**
 * Runs the network's `length` comparators over the columns; its straight-line code, at index `code` of the table of
 * functions, if that isn't 0.
 */
@inline
export function sortColumns<T>(columns: usize, network: usize, length: i32, code: u32): void {
  if (code != 0) {
    call_indirect<void>(code, columns);
    return;
  }
  const end = network + (<usize>length << 3);
  for (; network < end; network += 8) {
    const p = entry(columns, load<i32>(network));
    const q = entry(columns, load<i32>(network, 4));
    const a0 = v128.load(p);
    const b0 = v128.load(q);
    const a1 = v128.load(p, 16);
    const b1 = v128.load(q, 16);
    const a2 = v128.load(p, 32);
    const b2 = v128.load(q, 32);
    const a3 = v128.load(p, 48);
    const b3 = v128.load(q, 48);
    v128.store(p, v128.pmin<T>(a0, b0));
    v128.store(q, v128.pmax<T>(a0, b0));
    v128.store(p, v128.pmin<T>(a1, b1), 16);
    v128.store(q, v128.pmax<T>(a1, b1), 16);
    v128.store(p, v128.pmin<T>(a2, b2), 32);
    v128.store(q, v128.pmax<T>(a2, b2), 32);
    v128.store(p, v128.pmin<T>(a3, b3), 48);
    v128.store(q, v128.pmax<T>(a3, b3), 48);
  }
}

/** Fills row i of the columns at `shares` with weight i. */
@inline
export function spreadWeights<T>(weights: usize, count: i32, shares: usize): void {
  for (let i = 0; i < count; i++) {
    const weight = v128.load_splat<T>(weights + <usize>i * sizeof<T>());
    for (let p: usize = 0; p < WIDTH; p += 16) v128.store(entry(shares, i) + p, weight);
  }
}

/** `sortColumns`, and each entry takes its weight, in the columns at `shares`, along. */
@inline
export function sortWeightedColumns<T>(columns: usize, shares: usize, network: usize, length: i32): void {
  const apart = shares - columns;
  const end = network + (<usize>length << 3);
  for (; network < end; network += 8) {
    const p = entry(columns, load<i32>(network));
    const q = entry(columns, load<i32>(network, 4));
    exchange<T>(p, q, apart);
    exchange<T>(p + 16, q + 16, apart);
    exchange<T>(p + 32, q + 32, apart);
    exchange<T>(p + 48, q + 48, apart);
  }
}

@inline
function exchange<T>(p: usize, q: usize, apart: usize): void {
  const a = v128.load(p);
  const b = v128.load(q);
  const u = v128.load(p + apart);
  const v = v128.load(q + apart);
  const changed = v128.and(v128.xor(u, v), v128.gt<T>(a, b));
  v128.store(p, v128.pmin<T>(a, b));
  v128.store(q, v128.pmax<T>(a, b));
  v128.store(p + apart, v128.xor(u, changed));
  v128.store(q + apart, v128.xor(v, changed));
}
