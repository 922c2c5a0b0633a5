// Coordinate-wise weighted median of many float32 rows: the bits of a float, those of negative ones turned over, are an
// integer in the float's order, so that bisection finds the least entry with half of the weight at or below it in at
// most 32 passes, however many rows there are.
import { WIDTH, entry, gatherColumns } from './columns';
import { midpoint } from './lanes';

/**
 * Weighted median, O(32·count·n): the least value with more than half of the weight at or below it, the midpoint to the
 * next value at exactly half; NaN counts as +∞. `rows` is a list of `count` u32 byte offsets of rows of n float32
 * numbers, `weights` the byte offset of `count` float32 integers ≥ 0 with the sum `total`, 0 < total < 2^24; `out` the
 * byte offset of n float32 numbers, none of the rows; `scratch` of (count + 4)·64 bytes. Faster than a network from
 * about 60 rows on, with equal weights from about 1000 on.
 */
export function bisectedMedian32(
  rows: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  const result = entry(scratch, count + 3);
  const half = f32x4.splat(<f32>(0.5 * total));
  const end = <usize>n << 2;
  for (let offset: usize = 0; offset < end; offset += WIDTH) {
    const bytes = min(WIDTH, end - offset);
    gatherColumns<f32>(rows, count, offset, bytes, scratch);
    orderColumns(scratch, count);
    while (bisect(scratch, weights, count, half)) {}
    for (let p: usize = 0; p < WIDTH; p += 16) {
      const low = v128.load(entry(scratch, count) + p);
      const high = valueAbove(scratch + p, weights, count, low, half);
      v128.store(result + p, midpoint<f32>(ordered(low), ordered(high)));
    }
    memory.copy(out + offset, result, bytes);
  }
}

/** The integer in a float's order, and back. */
@inline
function ordered(v: v128): v128 {
  return v128.xor(v, i32x4.shr_u(i32x4.shr_s(v, 31), 1));
}

/** Makes all entries ordered integers, and writes the least and the largest behind them. */
function orderColumns(columns: usize, count: i32): void {
  for (let p: usize = 0; p < WIDTH; p += 16) {
    let low = i32x4.splat(i32.MAX_VALUE);
    let high = i32x4.splat(i32.MIN_VALUE);
    for (let i = 0; i < count; i++) {
      const value = ordered(v128.load(entry(columns, i) + p));
      v128.store(entry(columns, i) + p, value);
      low = i32x4.min_s(low, value);
      high = i32x4.max_s(high, value);
    }
    v128.store(entry(columns, count) + p, low);
    v128.store(entry(columns, count + 1) + p, high);
  }
}

/** Halves the range that holds the lower median of each coordinate; false if all ranges are single values already. */
function bisect(columns: usize, weights: usize, count: i32, half: v128): bool {
  const lows = entry(columns, count);
  const m0 = middle(lows);
  const m1 = middle(lows + 16);
  const m2 = middle(lows + 32);
  const m3 = middle(lows + 48);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let p = columns; p < lows; p += WIDTH) {
    const weight = v128.load32_splat(weights);
    s0 = f32x4.add(s0, v128.andnot(weight, i32x4.gt_s(v128.load(p), m0)));
    s1 = f32x4.add(s1, v128.andnot(weight, i32x4.gt_s(v128.load(p, 16), m1)));
    s2 = f32x4.add(s2, v128.andnot(weight, i32x4.gt_s(v128.load(p, 32), m2)));
    s3 = f32x4.add(s3, v128.andnot(weight, i32x4.gt_s(v128.load(p, 48), m3)));
    weights += 4;
  }
  let open = narrow(lows, m0, f32x4.ge(s0, half));
  open = v128.or(open, narrow(lows + 16, m1, f32x4.ge(s1, half)));
  open = v128.or(open, narrow(lows + 32, m2, f32x4.ge(s2, half)));
  open = v128.or(open, narrow(lows + 48, m3, f32x4.ge(s3, half)));
  return v128.any_true(open);
}

/** The middle of each range, rounded down; its length may exceed an i32 and is taken as unsigned. */
@inline
function middle(lows: usize): v128 {
  const low = v128.load(lows);
  return i32x4.add(low, i32x4.shr_u(i32x4.sub(v128.load(lows, 64), low), 1));
}

/** Keeps the lower half of a range, its middle included, or the upper; where the range isn't a single value yet. */
@inline
function narrow(lows: usize, middle: v128, lower: v128): v128 {
  const low = v128.bitselect(v128.load(lows), i32x4.add(middle, i32x4.splat(1)), lower);
  const high = v128.bitselect(middle, v128.load(lows, 64), lower);
  // Where only one value is left, nothing moves any more.
  const single = i32x4.eq(v128.load(lows), v128.load(lows, 64));
  v128.store(lows, v128.bitselect(v128.load(lows), low, single));
  v128.store(lows, high, 64);
  return i32x4.ne(v128.load(lows), high);
}

/**
 * The least entry of positive weight above `low`, the lower median, if exactly half of the weight is at or below that.
 */
@inline
function valueAbove(columns: usize, weights: usize, count: i32, low: v128, half: v128): v128 {
  let next = i32x4.splat(i32.MAX_VALUE);
  let sum = f32x4.splat(0);
  for (let i = 0; i < count; i++) {
    const value = v128.load(entry(columns, i));
    const weight = load<f32>(weights + (<usize>i << 2));
    const above = i32x4.gt_s(value, low);
    sum = f32x4.add(sum, v128.andnot(f32x4.splat(weight), above));
    if (weight > 0) next = v128.bitselect(i32x4.min_s(next, value), next, above);
  }
  return v128.bitselect(low, next, f32x4.gt(sum, half));
}
