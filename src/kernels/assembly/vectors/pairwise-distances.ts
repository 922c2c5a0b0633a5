// Squared distances of all pairs of rows.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n numbers; `out` the byte offset of
// count·count float64 numbers, row-major, symmetric, zeros on the diagonal; `scratch` the byte offset of ((count + 3) &
// ~3)·512 bytes.
import { lanes, loadWide, row, sumOfPair } from './lanes';
import { squaredDistance32 } from './squared-distance';

/** Bytes of one row's block in scratch memory. */
const WIDTH: usize = 512;

/** Below this share of the squared lengths' sum, a distance by products has lost too many digits. */
const LOSS: f64 = 1 / 64;

/** ‖x_i − x_j‖² of float32 rows, subtracted, squared and summed in float64. */
export function pairwiseDistances32(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseSums<f32, f64>(rows, 0, count, n, out, scratch, false);
  mirror(out, count);
}

/** ‖x_i − x_j‖² of float64 rows. */
export function pairwiseDistances64(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseSums<f64, f64>(rows, 0, count, n, out, scratch, false);
  mirror(out, count);
}

/**
 * ‖x_i − x_j‖² of float32 rows by scalar products of y_i = x_i − centre, ‖y_i‖² + ‖y_j‖² − 2·y_i·y_j, summed in float32
 * over 128 coordinates and in float64 beyond: half of the time. `centre` is the byte offset
 * of n float32 numbers, best one of the rows. Where the result is below 1/64 of ‖y_i‖² + ‖y_j‖², or not finite, the
 * exact distance takes its place, so that the relative error stays below 3e-4, usually below 1e-5. Rows that crowd
 * together far from the centre are slow.
 */
export function pairwiseDistancesByProducts32(
  rows: usize, centre: usize, count: i32, n: i32, out: usize, scratch: usize,
): void {
  pairwiseSums<f32, f32>(rows, centre, count, n, out, scratch, true);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const p = place(out, i, j, count);
      const squares = load<f64>(place(out, i, i, count)) + load<f64>(place(out, j, j, count));
      const squared = squares - 2 * load<f64>(p);
      const precise = squares < Infinity && squared >= LOSS * squares;
      store<f64>(p, precise ? squared : squaredDistance32(row(rows, i), row(rows, j), n));
    }
  }
  mirror(out, count);
}

@inline
function place(out: usize, i: i32, j: i32, count: i32): usize {
  return out + (<usize>(i * count + j) << 3);
}

/** Copies what is above the diagonal to below it, and makes the diagonal 0. */
function mirror(out: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) store<f64>(place(out, i, j, count), load<f64>(place(out, j, i, count)));
    store<f64>(place(out, i, i, count), 0);
  }
}

/**
 * Writes Σ_k (x_ik − x_jk)² or, for `products`, Σ_k (x_ik − c_k)·(x_jk − c_k), on and above the diagonal: rows of type
 * `T`, copied to scratch memory as `L` a block at a time, then pair by pair in 4×2 tiles.
 */
@inline
function pairwiseSums<T, L>(
  rows: usize, centre: usize, count: i32, n: i32, out: usize, scratch: usize, products: bool,
): void {
  const block = <i32>(WIDTH / sizeof<L>());
  memory.fill(out, 0, (<usize>count * <usize>count) << 3);
  memory.fill(scratch, 0, <usize>((count + 3) & ~3) * WIDTH);
  for (let start = 0; start < n; start += block) {
    const length = min(block, n - start);
    const offset = <usize>start * sizeof<T>();
    for (let i = 0; i < count; i++) {
      const to = scratch + <usize>i * WIDTH;
      if (products) copyCentred<T>(row(rows, i) + offset, centre + offset, length, to);
      else copyBlock<T, L>(row(rows, i) + offset, length, to);
      const bytes = <usize>length * sizeof<L>();
      memory.fill(to + bytes, 0, WIDTH - bytes);
    }
    for (let i = 0; i < count; i += 4) {
      const four = scratch + <usize>i * WIDTH;
      for (let j = i; j < count; j += 2) {
        if (products) addProducts<L>(four, scratch + <usize>j * WIDTH, i, j, count, out);
        else addSquares<L>(four, scratch + <usize>j * WIDTH, i, j, count, out);
      }
    }
  }
}

/** Copies `length` numbers less the centre's. */
@inline
function copyCentred<T>(from: usize, centre: usize, length: i32, to: usize): void {
  let k = 0;
  for (; k + lanes<T>() <= length; k += lanes<T>()) {
    v128.store(to, v128.sub<T>(v128.load(from), v128.load(centre)));
    from += 16;
    centre += 16;
    to += 16;
  }
  for (; k < length; k++) {
    store<T>(to, <T>(load<T>(from) - load<T>(centre)));
    from += sizeof<T>();
    centre += sizeof<T>();
    to += sizeof<T>();
  }
}

/** Copies `length` numbers of type `T` as `L`. */
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
}

/** a·b or (a − b)² in each lane. */
@inline
function term<L>(a: v128, b: v128, products: bool): v128 {
  if (products) return v128.mul<L>(a, b);
  const difference = v128.sub<L>(a, b);
  return v128.mul<L>(difference, difference);
}

function addProducts<L>(a: usize, b: usize, i: i32, j: i32, count: i32, out: usize): void {
  addTile<L>(a, b, i, j, count, out, true);
}

function addSquares<L>(a: usize, b: usize, i: i32, j: i32, count: i32, out: usize): void {
  addTile<L>(a, b, i, j, count, out, false);
}

/** Adds this block's part of the sums over rows i … i + 3 and j, j + 1, on and above the diagonal. */
@inline
function addTile<L>(a: usize, b: usize, i: i32, j: i32, count: i32, out: usize, products: bool): void {
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
    s00 = v128.add<L>(s00, term<L>(x, y0, products));
    s01 = v128.add<L>(s01, term<L>(x, y1, products));
    x = v128.load(a, 512);
    s10 = v128.add<L>(s10, term<L>(x, y0, products));
    s11 = v128.add<L>(s11, term<L>(x, y1, products));
    x = v128.load(a, 1024);
    s20 = v128.add<L>(s20, term<L>(x, y0, products));
    s21 = v128.add<L>(s21, term<L>(x, y1, products));
    x = v128.load(a, 1536);
    s30 = v128.add<L>(s30, term<L>(x, y0, products));
    s31 = v128.add<L>(s31, term<L>(x, y1, products));
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
  if (i > j || j >= count) return;
  const p = place(out, i, j, count);
  store<f64>(p, load<f64>(p) + total<L>(sums));
}

/** The sum of all lanes, in float64. */
@inline
function total<L>(v: v128): f64 {
  if (sizeof<L>() == 8) return sumOfPair(v);
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(v, v, 2, 3, 2, 3));
  return sumOfPair(f64x2.add(f64x2.promote_low_f32x4(v), high));
}
