// Coordinate-wise means over sorted entries; NaN counts as +∞, sums are float64.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n numbers; `network` the byte offset of
// `length` comparators, pairs of u32 row numbers, that sort `count` entries in ascending order, `code` the index of the
// same as a function, or 0, where weights are equal;
// `scratch` the byte offset of the stated scratch memory; `out` the byte offset of n numbers, none of the rows.
import { WIDTH, entry, gatherColumns, sortColumns, sortWeightedColumns, spreadWeights } from './columns';
import { loadWide, storeWide } from './lanes';

/**
 * Mean of the sorted entries trim … count − trim − 1, 2·trim < count. The network need only part the `trim` smallest
 * and the `trim` largest entries from the others. `scratch`: (count + 1)·64 bytes.
 */
export function trimmedMean32(
  rows: usize, count: i32, trim: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  trimmedMean<f32>(rows, count, trim, network, length, code, n, out, scratch);
}

/** `trimmedMean32` for float64 rows. */
export function trimmedMean64(
  rows: usize, count: i32, trim: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  trimmedMean<f64>(rows, count, trim, network, length, code, n, out, scratch);
}

/**
 * Weighted mean of what is left when the weight `trim`, 0 ≤ 2·trim < total, is taken away from either end: an entry
 * across the border keeps the weight inside. `weights` is the byte offset of `count` numbers of the rows' type, ≥ 0,
 * `total` their sum. An entry of which nothing is left isn't looked at. The network must sort entirely. `scratch`:
 * (2·count + 1)·64 bytes.
 */
export function weightedTrimmedMean32(
  rows: usize, weights: usize, count: i32, total: f64, trim: f64,
  network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  weightedTrimmedMean<f32>(rows, weights, count, total, trim, network, length, n, out, scratch);
}

/** `weightedTrimmedMean32` for float64 rows and weights. */
export function weightedTrimmedMean64(
  rows: usize, weights: usize, count: i32, total: f64, trim: f64,
  network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  weightedTrimmedMean<f64>(rows, weights, count, total, trim, network, length, n, out, scratch);
}

function trimmedMean<T>(
  rows: usize, count: i32, trim: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  const result = entry(scratch, count);
  const number = f64x2.splat(<f64>(count - 2 * trim));
  const end = <usize>n * sizeof<T>();
  for (let offset: usize = 0; offset < end; offset += WIDTH) {
    const bytes = min(WIDTH, end - offset);
    gatherColumns<T>(rows, count, offset, bytes, scratch);
    sortColumns<T>(scratch, network, length, code);
    for (let p: usize = 0; p < WIDTH; p += 8 * sizeof<T>()) {
      let s0 = f64x2.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let i = trim; i < count - trim; i++) {
        const q = entry(scratch, i) + p;
        s0 = f64x2.add(s0, loadWide<T>(q));
        s1 = f64x2.add(s1, loadWide<T>(q, 2 * sizeof<T>()));
        s2 = f64x2.add(s2, loadWide<T>(q, 4 * sizeof<T>()));
        s3 = f64x2.add(s3, loadWide<T>(q, 6 * sizeof<T>()));
      }
      storeWide<T>(result + p, f64x2.div(s0, number));
      storeWide<T>(result + p + 2 * sizeof<T>(), f64x2.div(s1, number));
      storeWide<T>(result + p + 4 * sizeof<T>(), f64x2.div(s2, number));
      storeWide<T>(result + p + 6 * sizeof<T>(), f64x2.div(s3, number));
    }
    memory.copy(out + offset, result, bytes);
  }
}

function weightedTrimmedMean<T>(
  rows: usize, weights: usize, count: i32, total: f64, trim: f64,
  network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  const shares = entry(scratch, count);
  const result = entry(shares, count);
  const zero = f64x2.splat(0);
  const start = f64x2.splat(trim);
  const stop = f64x2.splat(total - trim);
  const remaining = f64x2.splat(total - 2 * trim);
  const end = <usize>n * sizeof<T>();
  for (let offset: usize = 0; offset < end; offset += WIDTH) {
    const bytes = min(WIDTH, end - offset);
    gatherColumns<T>(rows, count, offset, bytes, scratch);
    spreadWeights<T>(weights, count, shares);
    sortWeightedColumns<T>(scratch, shares, network, length);
    for (let p: usize = 0; p < WIDTH; p += 2 * sizeof<T>()) {
      let sum = zero;
      let below = zero;
      for (let i = 0; i < count; i++) {
        const upTo = f64x2.add(below, loadWide<T>(entry(shares, i) + p));
        const inside = f64x2.sub(f64x2.pmin(upTo, stop), f64x2.pmax(below, start));
        const part = f64x2.mul(inside, loadWide<T>(entry(scratch, i) + p));
        // 0·∞ would be NaN.
        sum = f64x2.add(sum, v128.and(part, f64x2.gt(inside, zero)));
        below = upTo;
      }
      storeWide<T>(result + p, f64x2.div(sum, remaining));
    }
    memory.copy(out + offset, result, bytes);
  }
}
