// Coordinate-wise weighted median by the weight strictly below each entry, B_i[k] = Σ_j w_j·[x_j[k] < x_i[k]]: the
// median is ½·max{x_i : B_i < W/2} + ½·max{x_i : B_i ≤ W/2}, the least value with more than half of the weight W at or
// below it and the midpoint to the next value at exactly half. NaN counts as +∞. Rows of weight 0 never matter,
// whatever they hold.
//
// Exact if the weights are integers with a sum below 2^24 (float32) or 2^53 (float64).
//
// Common arguments: `rows` and `below` are lists of `count` u32 byte offsets of rows of n numbers, the entries and
// their B; `weights` the byte offset of `count` numbers of the rows' type; `total` their sum; `out` the byte offset of
// n numbers, which must be none of the rows.
import { lanes, larger, loadLanes, midpoint, nanAsInfinity, row, storeLanes } from './lanes';

/** Coordinates whose values stay in registers or the first cache while all rows pass. */
const BLOCK: i32 = 512;

/**
 * One row has changed: brings B up to date and writes the median, in one pass, O(count·n). `rows` lists the new row at
 * index `changed`, `oldRow` is the byte offset of the row it replaces (any readable row of n numbers if `oldWeight` is
 * 0, that is, if the row was absent), `weights` and `total` hold the new weights; only row `changed` may have another
 * weight than before. B[changed] is written whatever it held. `scratch` is the byte offset of 2048 bytes.
 */
export function medianChanged32(
  rows: usize, below: usize, weights: usize, count: i32, changed: i32,
  oldRow: usize, oldWeight: f64, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianChanged<f32>(rows, below, weights, count, changed, oldRow, oldWeight, total, n, out, scratch);
}

/** `medianChanged32` for float64 rows, B and weights; `scratch` is the byte offset of 4096 bytes. */
export function medianChanged64(
  rows: usize, below: usize, weights: usize, count: i32, changed: i32,
  oldRow: usize, oldWeight: f64, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianChanged<f64>(rows, below, weights, count, changed, oldRow, oldWeight, total, n, out, scratch);
}

/** Writes B for all rows and the median, O(count²·n). `scratch` is the byte offset of (count + 3)·16 bytes. */
export function medianRebuild32(
  rows: usize, below: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianByRank<f32>(rows, below, weights, count, total, n, out, scratch);
}

/** `medianRebuild32` for float64 rows, B and weights. */
export function medianRebuild64(
  rows: usize, below: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianByRank<f64>(rows, below, weights, count, total, n, out, scratch);
}

/** Writes the median from B, which is up to date, O(count·n). */
export function medianFromBelow32(rows: usize, below: usize, count: i32, total: f64, n: i32, out: usize): void {
  medianFromBelow<f32>(rows, below, count, total, n, out);
}

/** `medianFromBelow32` for float64 rows and B. */
export function medianFromBelow64(rows: usize, below: usize, count: i32, total: f64, n: i32, out: usize): void {
  medianFromBelow<f64>(rows, below, count, total, n, out);
}

function medianChanged<T>(
  rows: usize, below: usize, weights: usize, count: i32, changed: i32,
  oldRow: usize, oldWeight: f64, total: f64, n: i32, out: usize, scratch: usize,
): void {
  const newRow = row(rows, changed);
  const ownBelow = row(below, changed);
  const newWeight = load<T>(weights + <usize>changed * sizeof<T>());
  const whole = n - n % lanes<T>();
  for (let start = 0; start < whole; start += BLOCK) {
    const length = min(BLOCK, whole - start);
    const offset = <usize>start * sizeof<T>();
    startBlock<T>(ownBelow + offset, out + offset, scratch, length);
    for (let i = 0; i < count; i++) {
      if (i == changed) continue;
      const weight = load<T>(weights + <usize>i * sizeof<T>());
      passRow<T>(
        row(rows, i) + offset, row(below, i) + offset, weight,
        newRow + offset, newWeight, oldRow + offset, <T>oldWeight,
        <T>(0.5 * total), ownBelow + offset, out + offset, scratch, length,
      );
    }
    endBlock<T>(newRow + offset, ownBelow + offset, <T>(0.5 * total), out + offset, scratch, length);
  }
  for (let k = whole; k < n; k++) {
    changeOne<T>(rows, below, weights, count, changed, oldRow, <T>oldWeight, <T>(0.5 * total), k, out);
  }
}

function startBlock<T>(ownBelow: usize, low: usize, high: usize, length: i32): void {
  const least = v128.splat<T>(<T>-Infinity);
  for (let k = 0; k < length; k += lanes<T>()) {
    v128.store(ownBelow, v128.splat<T>(0));
    v128.store(low, least);
    v128.store(high, least);
    ownBelow += 16;
    low += 16;
    high += 16;
  }
}

/**
 * Row x passes: its B changes, the changed row's B grows, and its entries are candidates for both halves of the
 * midpoint.
 */
@inline
function passRow<T>(
  x: usize, below: usize, weight: T, newRow: usize, newWeight: T, oldRow: usize, oldWeight: T,
  half: T, ownBelow: usize, low: usize, high: usize, length: i32,
): void {
  const infinity = v128.splat<T>(<T>Infinity);
  const own = v128.splat<T>(weight);
  const added = v128.splat<T>(newWeight);
  const removed = v128.splat<T>(oldWeight);
  const halves = v128.splat<T>(half);
  for (let k = 0; k < length; k += lanes<T>()) {
    const value = nanAsInfinity<T>(v128.load(x), infinity);
    const now = nanAsInfinity<T>(v128.load(newRow), infinity);
    const before = v128.load(oldRow);
    let b = v128.load(below);
    b = v128.add<T>(b, v128.and(added, v128.lt<T>(now, value)));
    b = v128.sub<T>(b, v128.and(removed, v128.lt<T>(before, value)));
    v128.store(below, b);
    v128.store(ownBelow, v128.add<T>(v128.load(ownBelow), v128.and(own, v128.lt<T>(value, now))));
    v128.store(low, larger<T>(v128.load(low), value, v128.ge<T>(b, halves)));
    v128.store(high, larger<T>(v128.load(high), value, v128.gt<T>(b, halves)));
    x += 16;
    below += 16;
    newRow += 16;
    oldRow += 16;
    ownBelow += 16;
    low += 16;
    high += 16;
  }
}

/** The changed row is a candidate too, now that its own B is known. */
function endBlock<T>(newRow: usize, ownBelow: usize, half: T, low: usize, high: usize, length: i32): void {
  const infinity = v128.splat<T>(<T>Infinity);
  const halves = v128.splat<T>(half);
  for (let k = 0; k < length; k += lanes<T>()) {
    const value = nanAsInfinity<T>(v128.load(newRow), infinity);
    const b = v128.load(ownBelow);
    const lower = larger<T>(v128.load(low), value, v128.ge<T>(b, halves));
    const upper = larger<T>(v128.load(high), value, v128.gt<T>(b, halves));
    v128.store(low, midpoint<T>(lower, upper));
    newRow += 16;
    ownBelow += 16;
    low += 16;
    high += 16;
  }
}

/** Coordinate k alone: what is left when n isn't a multiple of the lanes. */
function changeOne<T>(
  rows: usize, below: usize, weights: usize, count: i32, changed: i32,
  oldRow: usize, oldWeight: T, half: T, k: i32, out: usize,
): void {
  const offset = <usize>k * sizeof<T>();
  const now = number<T>(row(rows, changed) + offset);
  const before = load<T>(oldRow + offset);
  const newWeight = load<T>(weights + <usize>changed * sizeof<T>());
  let own = <T>0;
  let low = <T>-Infinity;
  let high = <T>-Infinity;
  for (let i = 0; i <= count; i++) {
    // The changed row comes last.
    if (i == changed) continue;
    let value = now;
    let b = own;
    if (i < count) {
      value = number<T>(row(rows, i) + offset);
      b = load<T>(row(below, i) + offset);
      if (now < value) b = <T>(b + newWeight);
      if (before < value) b = <T>(b - oldWeight);
      if (value < now) own = <T>(own + load<T>(weights + <usize>i * sizeof<T>()));
    }
    store<T>(row(below, i < count ? i : changed) + offset, b);
    if (b < half && value > low) low = value;
    if (b <= half && value > high) high = value;
  }
  store<T>(out + offset, low == high ? low : <T>(<T>(<T>0.5 * low) + <T>(<T>0.5 * high)));
}

/** The number at `p`, +∞ for NaN. */
@inline
function number<T>(p: usize): T {
  const value = load<T>(p);
  return value == value ? value : <T>Infinity;
}

function medianFromBelow<T>(rows: usize, below: usize, count: i32, total: f64, n: i32, out: usize): void {
  const infinity = v128.splat<T>(<T>Infinity);
  const half = v128.splat<T>(<T>(0.5 * total));
  for (let k = 0; k < n; k += lanes<T>()) {
    const offset = <usize>k * sizeof<T>();
    let low = v128.splat<T>(<T>-Infinity);
    let high = low;
    for (let i = 0; i < count; i++) {
      const value = nanAsInfinity<T>(loadLanes<T>(row(rows, i) + offset, n - k), infinity);
      const b = loadLanes<T>(row(below, i) + offset, n - k);
      low = larger<T>(low, value, v128.ge<T>(b, half));
      high = larger<T>(high, value, v128.gt<T>(b, half));
    }
    storeLanes<T>(out + offset, midpoint<T>(low, high), n - k);
  }
}

/** Four rows at a time against all rows: their entries and B stay in registers. */
@inline
function medianByRank<T>(
  rows: usize, below: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  const infinity = v128.splat<T>(<T>Infinity);
  const half = v128.splat<T>(<T>(0.5 * total));
  const end = scratch + (<usize>count << 4);
  // Past the last row: what rows that don't exist would hold. −∞ is never larger.
  for (let p: usize = 0; p < 48; p += 16) v128.store(end + p, v128.splat<T>(<T>-Infinity));
  for (let k = 0; k < n; k += lanes<T>()) {
    const offset = <usize>k * sizeof<T>();
    for (let i = 0; i < count; i++) {
      const value = nanAsInfinity<T>(loadLanes<T>(row(rows, i) + offset, n - k), infinity);
      v128.store(scratch + (<usize>i << 4), value);
    }
    let low = v128.splat<T>(<T>-Infinity);
    let high = low;
    for (let i = 0; i < count; i += 4) {
      const four = scratch + (<usize>i << 4);
      const x0 = v128.load(four);
      const x1 = v128.load(four, 16);
      const x2 = v128.load(four, 32);
      const x3 = v128.load(four, 48);
      let b0 = v128.splat<T>(0);
      let b1 = b0;
      let b2 = b0;
      let b3 = b0;
      let weight = weights;
      for (let p = scratch; p < end; p += 16) {
        const value = v128.load(p);
        const w = v128.load_splat<T>(weight);
        b0 = v128.add<T>(b0, v128.and(w, v128.lt<T>(value, x0)));
        b1 = v128.add<T>(b1, v128.and(w, v128.lt<T>(value, x1)));
        b2 = v128.add<T>(b2, v128.and(w, v128.lt<T>(value, x2)));
        b3 = v128.add<T>(b3, v128.and(w, v128.lt<T>(value, x3)));
        weight += sizeof<T>();
      }
      storeLanes<T>(row(below, i) + offset, b0, n - k);
      if (i + 1 < count) storeLanes<T>(row(below, i + 1) + offset, b1, n - k);
      if (i + 2 < count) storeLanes<T>(row(below, i + 2) + offset, b2, n - k);
      if (i + 3 < count) storeLanes<T>(row(below, i + 3) + offset, b3, n - k);
      low = larger<T>(low, x0, v128.ge<T>(b0, half));
      low = larger<T>(low, x1, v128.ge<T>(b1, half));
      low = larger<T>(low, x2, v128.ge<T>(b2, half));
      low = larger<T>(low, x3, v128.ge<T>(b3, half));
      high = larger<T>(high, x0, v128.gt<T>(b0, half));
      high = larger<T>(high, x1, v128.gt<T>(b1, half));
      high = larger<T>(high, x2, v128.gt<T>(b2, half));
      high = larger<T>(high, x3, v128.gt<T>(b3, half));
    }
    storeLanes<T>(out + offset, midpoint<T>(low, high), n - k);
  }
}
