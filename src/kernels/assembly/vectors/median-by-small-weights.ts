// Coordinate-wise weighted median of float32 rows whose weights are integers with a sum below 2^15: the weight before
// each entry then takes 16 bits, and eight coordinates are compared at a time.
import { larger, loadLanes, midpoint, nanAsInfinity, row, storeLanes } from './lanes';

/** Coordinates at a time, and the bytes that they take as float32. */
const EIGHT: i32 = 8;
const WIDTH: usize = 32;

/**
 * Writes the median as `weightedMedian32` does. `rows`, `weights` and `out` as there; `total`, the weights' sum, is below
 * 2^15. `scratch` is the byte offset of count·64 bytes.
 */
export function smallWeightedMedian32(
  rows: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  const below = scratch + <usize>count * WIDTH;
  const shares = below + (<usize>count << 4);
  for (let i = 0; i < count; i++) {
    v128.store(shares + (<usize>i << 4), i16x8.splat(<i16>load<f32>(weights + (<usize>i << 2))));
  }
  // B < W/2 and B ≤ W/2 in integers, as what B must not be above.
  const whole = <i32>total;
  const mostLow = i16x8.splat(<i16>(((whole + 1) >> 1) - 1));
  const mostHigh = i16x8.splat(<i16>(whole >> 1));
  for (let k = 0; k < n; k += EIGHT) {
    const offset = <usize>k << 2;
    gather(rows, count, offset, n - k, scratch);
    medianOfEight(scratch, below, shares, mostLow, mostHigh, out + offset, n - k);
  }
}

/** Copies eight numbers of each row, or the `left` that are there, with NaN as +∞. */
@inline
function gather(rows: usize, count: i32, offset: usize, left: i32, to: usize): void {
  const infinity = f32x4.splat(Infinity);
  if (left >= EIGHT) {
    for (let i = 0; i < count; i++) {
      const from = row(rows, i) + offset;
      v128.store(to, nanAsInfinity<f32>(v128.load(from), infinity));
      v128.store(to, nanAsInfinity<f32>(v128.load(from, 16), infinity), 16);
      to += WIDTH;
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    const from = row(rows, i) + offset;
    v128.store(to, nanAsInfinity<f32>(loadLanes<f32>(from, left), infinity));
    const rest = left > 4 ? loadLanes<f32>(from + 16, left - 4) : f32x4.splat(0);
    v128.store(to, nanAsInfinity<f32>(rest, infinity), 16);
    to += WIDTH;
  }
}

/**
 * Each pair of rows is compared once, as in `medianByOrder`, two rows against all later ones at a time. B of those two is
 * final then; so is B of a last row without a partner in the end.
 */
@inline
function medianOfEight(
  values: usize, below: usize, shares: usize, mostLow: v128, mostHigh: v128, out: usize, left: i32,
): void {
  const least = f32x4.splat(-Infinity);
  let low0 = least;
  let low1 = least;
  let high0 = least;
  let high1 = least;
  for (let p = below; p < shares; p += 16) v128.store(p, i16x8.splat(0));
  let at = values;
  for (; at + WIDTH < below; at += 2 * WIDTH) {
    const a0 = v128.load(at);
    const a1 = v128.load(at, 16);
    const b0 = v128.load(at, 32);
    const b1 = v128.load(at, 48);
    const entry = (at - values) >> 1;
    let share = shares + entry;
    let under = below + entry;
    const wa = v128.load(share);
    const wb = v128.load(share, 16);
    let before = less(b0, b1, a0, a1);
    let ba = i16x8.add(v128.load(under), v128.and(wb, before));
    let bb = i16x8.add(v128.load(under, 16), v128.andnot(wa, before));
    for (let p = at + 2 * WIDTH; p < below; p += WIDTH) {
      share += 16;
      under += 16;
      const x0 = v128.load(p);
      const x1 = v128.load(p, 16);
      const w = v128.load(share, 16);
      let b = v128.load(under, 16);
      before = less(x0, x1, a0, a1);
      ba = i16x8.add(ba, v128.and(w, before));
      b = i16x8.add(b, v128.andnot(wa, before));
      before = less(x0, x1, b0, b1);
      bb = i16x8.add(bb, v128.and(w, before));
      b = i16x8.add(b, v128.andnot(wb, before));
      v128.store(under, b, 16);
    }
    let above = i16x8.gt_s(ba, mostLow);
    low0 = larger<f32>(low0, a0, i32x4.extend_low_i16x8_s(above));
    low1 = larger<f32>(low1, a1, i32x4.extend_high_i16x8_s(above));
    above = i16x8.gt_s(bb, mostLow);
    low0 = larger<f32>(low0, b0, i32x4.extend_low_i16x8_s(above));
    low1 = larger<f32>(low1, b1, i32x4.extend_high_i16x8_s(above));
    above = i16x8.gt_s(ba, mostHigh);
    high0 = larger<f32>(high0, a0, i32x4.extend_low_i16x8_s(above));
    high1 = larger<f32>(high1, a1, i32x4.extend_high_i16x8_s(above));
    above = i16x8.gt_s(bb, mostHigh);
    high0 = larger<f32>(high0, b0, i32x4.extend_low_i16x8_s(above));
    high1 = larger<f32>(high1, b1, i32x4.extend_high_i16x8_s(above));
  }
  if (at < below) {
    const a0 = v128.load(at);
    const a1 = v128.load(at, 16);
    const b = v128.load(shares - 16);
    let above = i16x8.gt_s(b, mostLow);
    low0 = larger<f32>(low0, a0, i32x4.extend_low_i16x8_s(above));
    low1 = larger<f32>(low1, a1, i32x4.extend_high_i16x8_s(above));
    above = i16x8.gt_s(b, mostHigh);
    high0 = larger<f32>(high0, a0, i32x4.extend_low_i16x8_s(above));
    high1 = larger<f32>(high1, a1, i32x4.extend_high_i16x8_s(above));
  }
  storeLanes<f32>(out, midpoint<f32>(low0, high0), left);
  if (left > 4) storeLanes<f32>(out + 16, midpoint<f32>(low1, high1), left - 4);
}

/** Where x < a, in eight lanes of 16 bits. */
@inline
function less(x0: v128, x1: v128, a0: v128, a1: v128): v128 {
  return i16x8.narrow_i32x4_s(f32x4.lt(x0, a0), f32x4.lt(x1, a1));
}
