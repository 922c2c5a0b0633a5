// Squared distances summed in float32 over 128 coordinates and in float64 beyond. As the difference of two floats is
// rounded once, each has a relative error below 3e-6 where squares don't vanish in float32. Where they overflow, the
// exact distance takes its place, so that it is finite exactly if both vectors are.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n float32 numbers, `out` the byte offset of
// `count` float64 numbers.
import { combineBlock } from './combine';
import { row } from './lanes';
import { squaredDistance32 } from './squared-distance';
import { squaredNorm32 } from './squared-norm';

/** Coordinates whose squares are summed in float32 before they are added in float64. */
const CHUNK: i32 = 128;

/** Coordinates of the point that stay in the second cache while all rows pass. */
const BLOCK: i32 = 16384;

/** Numbers of all rows that stay in the second cache between two uses. */
const HELD: i32 = 131072;

/** Writes ‖x_i − x‖² for each row; `x` is the byte offset of one vector. */
export function roughDistancesToAll32(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += BLOCK) {
    addDistances(rows, count, x, <usize>start << 2, min(BLOCK, n - start), out);
  }
  replaceOverflown(rows, count, x, n, out);
}

/** Writes ‖x_i‖² for each row. */
export function roughSquaredNorms32(rows: usize, count: i32, n: i32, out: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += BLOCK) {
    addNorms(rows, count, <usize>start << 2, min(BLOCK, n - start), out);
  }
  for (let i = 0; i < count; i++) {
    const p = out + (<usize>i << 3);
    if (!(load<f64>(p) < Infinity)) store<f64>(p, squaredNorm32(row(rows, i), n));
  }
}

/**
 * Writes x = Σ_i c_i·x_i to `x` as `combine32` does, and ‖x_i − x‖² for each row, of which it reads each number from
 * far memory once.
 */
export function combineAndMeasure32(
  rows: usize, coefficients: usize, count: i32, n: i32, x: usize, out: usize,
): void {
  const block = max(CHUNK, min(BLOCK, (HELD / max(1, count)) & ~(CHUNK - 1)));
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += block) {
    const offset = <usize>start << 2;
    const length = min(block, n - start);
    combineBlock<f32>(rows, coefficients, count, offset, length, x + offset);
    addDistances(rows, count, x, offset, length, out);
  }
  replaceOverflown(rows, count, x, n, out);
}

/** Puts exact distances in place of those that aren't finite. */
function replaceOverflown(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const p = out + (<usize>i << 3);
    if (!(load<f64>(p) < Infinity)) store<f64>(p, squaredDistance32(row(rows, i), x, n));
  }
}

/** Adds the squared distances of `length` coordinates from byte `offset` on. */
function addDistances(rows: usize, count: i32, x: usize, offset: usize, length: i32, out: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) addFour(rows + (<usize>i << 2), x, offset, length, out + (<usize>i << 3), true);
  for (; i < count; i++) addOne(row(rows, i), x, offset, length, out + (<usize>i << 3), true);
}

function addNorms(rows: usize, count: i32, offset: usize, length: i32, out: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) addFour(rows + (<usize>i << 2), 0, offset, length, out + (<usize>i << 3), false);
  for (; i < count; i++) addOne(row(rows, i), 0, offset, length, out + (<usize>i << 3), false);
}

/**
 * Four rows at once, since several streams from memory are faster than one. `apart`: squares of x_i − x, else of x_i.
 */
@inline
function addFour(rows: usize, x: usize, offset: usize, n: i32, out: usize, apart: bool): void {
  const a = row(rows, 0);
  const b = row(rows, 1);
  const c = row(rows, 2);
  const d = row(rows, 3);
  const last = offset + (<usize>(n & ~3) << 2);
  let k = offset;
  while (k < last) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (const end = min(last, k + 4 * CHUNK); k < end; k += 16) {
      const y = apart ? v128.load(x + k) : s0;
      s0 = f32x4.add(s0, squares(v128.load(a + k), y, apart));
      s1 = f32x4.add(s1, squares(v128.load(b + k), y, apart));
      s2 = f32x4.add(s2, squares(v128.load(c + k), y, apart));
      s3 = f32x4.add(s3, squares(v128.load(d + k), y, apart));
    }
    addPair(out, s0, s1);
    addPair(out + 16, s2, s3);
  }
  for (let i = 0; i < 4; i++) addRest(row(rows, i), x, last, n & 3, out + (<usize>i << 3), apart);
}

@inline
function addOne(a: usize, x: usize, offset: usize, n: i32, out: usize, apart: bool): void {
  const last = offset + (<usize>(n & ~7) << 2);
  let k = offset;
  while (k < last) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    for (const end = min(last, k + 4 * CHUNK); k < end; k += 32) {
      s0 = f32x4.add(s0, squares(v128.load(a + k), apart ? v128.load(x + k) : s0, apart));
      s1 = f32x4.add(s1, squares(v128.load(a + k, 16), apart ? v128.load(x + k, 16) : s0, apart));
    }
    const sum = f32x4.add(s0, s1);
    const low = f64x2.add(f64x2.promote_low_f32x4(sum), f64x2.promote_low_f32x4(i32x4.shuffle(sum, sum, 2, 3, 2, 3)));
    store<f64>(out, load<f64>(out) + f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1));
  }
  addRest(a, x, last, n & 7, out, apart);
}

/** The last few coordinates. */
@inline
function addRest(a: usize, x: usize, offset: usize, n: i32, out: usize, apart: bool): void {
  let sum = load<f64>(out);
  for (let k = offset; k < offset + (<usize>n << 2); k += 4) {
    const difference = <f64>(apart ? <f32>(load<f32>(a + k) - load<f32>(x + k)) : load<f32>(a + k));
    sum += difference * difference;
  }
  store<f64>(out, sum);
}

/** (a − x)², or a². */
@inline
function squares(a: v128, x: v128, apart: bool): v128 {
  const difference = apart ? f32x4.sub(a, x) : a;
  return f32x4.mul(difference, difference);
}

/** Adds the sums of all lanes of `a` and `b` to the pair of float64 numbers at `out`. */
@inline
function addPair(out: usize, a: v128, b: v128): void {
  const both = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(both, both, 2, 3, 2, 3));
  v128.store(out, f64x2.add(v128.load(out), f64x2.add(f64x2.promote_low_f32x4(both), high)));
}
