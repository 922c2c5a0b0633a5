// Squared distances of all pairs of rows.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n numbers; `out` the byte offset of count·count
// float64 numbers, row-major, symmetric, zeros on the diagonal; `scratch` the byte offset of ((count + 3) & ~3)·512 bytes.
import { loadWide, row, sumOfPair } from './lanes';

/** Bytes of one row's block in scratch memory. */
const WIDTH: usize = 512;

/** ‖x_i − x_j‖² of float32 rows, subtracted, squared and summed in float64. */
export function pairwiseDistances32(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseDistances<f32, f64>(rows, count, n, out, scratch);
}

/** ‖x_i − x_j‖² of float64 rows. */
export function pairwiseDistances64(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseDistances<f64, f64>(rows, count, n, out, scratch);
}

/**
 * ‖x_i − x_j‖² of float32 rows, subtracted and squared in float32, summed in float32 over 128 coordinates and in float64
 * beyond: twice as fast. As the difference of two floats is rounded once, each distance has a relative error below 3e-6,
 * however long its rows or the others are. Good for ranking; formulas that subtract distances need the exact ones. Squares
 * of differences above 1e19 overflow to +∞, and those of differences below 1e-19 lose digits.
 */
export function pairwiseDistancesFast32(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseDistances<f32, f32>(rows, count, n, out, scratch);
}

/** Rows of type `T`, copied to scratch memory as `L` a block at a time, then pair by pair in 4×2 tiles. */
function pairwiseDistances<T, L>(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  const block = <i32>(WIDTH / sizeof<L>());
  memory.fill(out, 0, (<usize>count * <usize>count) << 3);
  memory.fill(scratch, 0, <usize>((count + 3) & ~3) * WIDTH);
  for (let start = 0; start < n; start += block) {
    const length = min(block, n - start);
    for (let i = 0; i < count; i++) {
      copyBlock<T, L>(row(rows, i) + <usize>start * sizeof<T>(), length, scratch + <usize>i * WIDTH);
    }
    for (let i = 0; i < count; i += 4) {
      const four = scratch + <usize>i * WIDTH;
      for (let j = i; j < count; j += 2) addTile<L>(four, scratch + <usize>j * WIDTH, i, j, count, out);
    }
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      store<f64>(out + (<usize>(i * count + j) << 3), load<f64>(out + (<usize>(j * count + i) << 3)));
    }
  }
}

/** Copies `length` numbers to a block and fills what is left of it with zeros. */
@inline
function copyBlock<T, L>(from: usize, length: i32, to: usize): void {
  if (sizeof<T>() == sizeof<L>()) {
    memory.copy(to, from, <usize>length * sizeof<L>());
  } else {
    let k = 0;
    for (; k + 4 <= length; k += 4) {
      v128.store(to + (<usize>k << 3), loadWide<T>(from + <usize>k * sizeof<T>()));
      v128.store(to + (<usize>k << 3), loadWide<T>(from + <usize>k * sizeof<T>(), 2 * sizeof<T>()), 16);
    }
    for (; k < length; k++) store<f64>(to + (<usize>k << 3), <f64>load<T>(from + <usize>k * sizeof<T>()));
  }
  const bytes = <usize>length * sizeof<L>();
  if (bytes < WIDTH) memory.fill(to + bytes, 0, WIDTH - bytes);
}

/** (a − b)² in each lane. */
@inline
function square<L>(a: v128, b: v128): v128 {
  const difference = v128.sub<L>(a, b);
  return v128.mul<L>(difference, difference);
}

/** Adds this block's part of the distances between rows i … i + 3 and j, j + 1, where the first is below the second. */
function addTile<L>(a: usize, b: usize, i: i32, j: i32, count: i32, out: usize): void {
  let s00 = v128.splat<L>(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (const end = a + WIDTH; a < end; a += 16) {
    const y0 = v128.load(b);
    const y1 = v128.load(b, 512);
    let x = v128.load(a);
    s00 = v128.add<L>(s00, square<L>(x, y0));
    s01 = v128.add<L>(s01, square<L>(x, y1));
    x = v128.load(a, 512);
    s10 = v128.add<L>(s10, square<L>(x, y0));
    s11 = v128.add<L>(s11, square<L>(x, y1));
    x = v128.load(a, 1024);
    s20 = v128.add<L>(s20, square<L>(x, y0));
    s21 = v128.add<L>(s21, square<L>(x, y1));
    x = v128.load(a, 1536);
    s30 = v128.add<L>(s30, square<L>(x, y0));
    s31 = v128.add<L>(s31, square<L>(x, y1));
    b += 16;
  }
  addPair<L>(out, i, j, count, s00);
  addPair<L>(out, i, j + 1, count, s01);
  addPair<L>(out, i + 1, j, count, s10);
  addPair<L>(out, i + 1, j + 1, count, s11);
  addPair<L>(out, i + 2, j, count, s20);
  addPair<L>(out, i + 2, j + 1, count, s21);
  addPair<L>(out, i + 3, j, count, s30);
  addPair<L>(out, i + 3, j + 1, count, s31);
}

@inline
function addPair<L>(out: usize, i: i32, j: i32, count: i32, sums: v128): void {
  if (i >= j || j >= count) return;
  const p = out + (<usize>(i * count + j) << 3);
  store<f64>(p, load<f64>(p) + total<L>(sums));
}

/** The sum of all lanes, in float64. */
@inline
function total<L>(v: v128): f64 {
  if (sizeof<L>() == 8) return sumOfPair(v);
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(v, v, 2, 3, 2, 3));
  return sumOfPair(f64x2.add(f64x2.promote_low_f32x4(v), high));
}
