// Coordinate-wise medians by a sorting network; NaN counts as +∞.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n numbers; `network` the byte offset of
// `length` comparators, pairs of u32 row numbers, that sort `count` entries in ascending order, `code` the index of the
// same as a function, or 0, where weights are equal;
// `scratch` the byte offset of the stated scratch memory, 16-byte aligned for speed; `out` the byte offset of n
// numbers, none of the rows.
import { WIDTH, entry, gatherColumns, sortColumns, sortWeightedColumns, spreadWeights } from './columns';
import { midpoint } from './lanes';

/**
 * Median of equal weights: the middle entry, or the midpoint of the two in the middle. The network need only put the
 * right entries at (count − 1) >> 1 and count >> 1. `scratch`: (count + 1)·64 bytes.
 */
export function sortedMedian32(
  rows: usize, count: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  sortedMedian<f32>(rows, count, network, length, code, n, out, scratch);
}

/** `sortedMedian32` for float64 rows. */
export function sortedMedian64(
  rows: usize, count: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  sortedMedian<f64>(rows, count, network, length, code, n, out, scratch);
}

/**
 * Weighted median: the least value with more than half of the weight at or below it, the midpoint to the next value at
 * exactly half. `weights` is the byte offset of `count` numbers of the rows' type, `total` their sum; exact for
 * integers with a sum below 2^24. The network must sort entirely. `scratch`: (2·count + 1)·64 bytes.
 */
export function sortedWeightedMedian32(
  rows: usize, weights: usize, count: i32, total: f64, network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  sortedWeightedMedian<f32>(rows, weights, count, total, network, length, n, out, scratch);
}

/** `sortedWeightedMedian32` for float64 rows and weights; exact for integers with a sum below 2^53. */
export function sortedWeightedMedian64(
  rows: usize, weights: usize, count: i32, total: f64, network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  sortedWeightedMedian<f64>(rows, weights, count, total, network, length, n, out, scratch);
}

function sortedMedian<T>(
  rows: usize, count: i32, network: usize, length: i32, code: u32, n: i32, out: usize, scratch: usize,
): void {
  const result = entry(scratch, count);
  const low = entry(scratch, (count - 1) >> 1);
  const high = entry(scratch, count >> 1);
  const end = <usize>n * sizeof<T>();
  for (let offset: usize = 0; offset < end; offset += WIDTH) {
    const bytes = min(WIDTH, end - offset);
    gatherColumns<T>(rows, count, offset, bytes, scratch);
    sortColumns<T>(scratch, network, length, code);
    for (let p: usize = 0; p < WIDTH; p += 16) {
      v128.store(result + p, midpoint<T>(v128.load(low + p), v128.load(high + p)));
    }
    memory.copy(out + offset, result, bytes);
  }
}

function sortedWeightedMedian<T>(
  rows: usize, weights: usize, count: i32, total: f64, network: usize, length: i32, n: i32, out: usize, scratch: usize,
): void {
  const shares = entry(scratch, count);
  const result = entry(shares, count);
  const half = v128.splat<T>(<T>(0.5 * total));
  const end = <usize>n * sizeof<T>();
  for (let offset: usize = 0; offset < end; offset += WIDTH) {
    const bytes = min(WIDTH, end - offset);
    gatherColumns<T>(rows, count, offset, bytes, scratch);
    spreadWeights<T>(weights, count, shares);
    sortWeightedColumns<T>(scratch, shares, network, length);
    for (let p: usize = 0; p < WIDTH; p += 16) {
      let low = v128.splat<T>(<T>-Infinity);
      let high = low;
      let below = v128.splat<T>(0);
      for (let i = 0; i < count; i++) {
        const value = v128.load(entry(scratch, i) + p);
        // All ones are a NaN, and pmax(a, NaN) is a.
        low = v128.pmax<T>(low, v128.or(value, v128.ge<T>(below, half)));
        high = v128.pmax<T>(high, v128.or(value, v128.gt<T>(below, half)));
        below = v128.add<T>(below, v128.load(entry(shares, i) + p));
      }
      v128.store(result + p, midpoint<T>(low, high));
    }
    memory.copy(out + offset, result, bytes);
  }
}
