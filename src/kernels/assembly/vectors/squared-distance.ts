import { loadWide, row, sumOfPair } from './lanes';

/** Coordinates of the point that stay in the second cache while all rows pass. */
const BLOCK: i32 = 16384;

/** ‖x − y‖² of n float32 numbers at bytes `x` and `y`, subtracted, squared and summed in float64. */
export function squaredDistance32(x: usize, y: usize, n: i32): f64 {
  return squaredDistance<f32>(x, y, n);
}

/** ‖x − y‖² of n float64 numbers at bytes `x` and `y`. */
export function squaredDistance64(x: usize, y: usize, n: i32): f64 {
  return squaredDistance<f64>(x, y, n);
}

/**
 * Writes ‖x_i − x‖² for each of `count` rows to the float64 numbers at `out`: `rows` is a list of u32 byte offsets, `x`
 * the byte offset of one vector, all of n float32 numbers; `scratch` the byte offset of 131072 bytes. Subtracted,
 * squared and summed in float64. A row that is `x` itself has distance 0 and isn't looked at; any other row that isn't
 * finite has a distance that isn't, as has any other from a point that isn't.
 */
export function distancesToAll32(rows: usize, count: i32, x: usize, n: i32, out: usize, scratch: usize): void {
  distancesToAll<f32>(rows, count, x, n, out, scratch);
}

/** `distancesToAll32` for float64 vectors, without scratch memory. */
export function distancesToAll64(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  distancesToAll<f64>(rows, count, x, n, out, 0);
}

/** Widening a number takes as long as squaring it: x is widened once for all rows. */
@inline
function distancesToAll<T>(rows: usize, count: i32, x: usize, n: i32, out: usize, scratch: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += BLOCK) {
    const length = min(BLOCK, n - start);
    const offset = <usize>start * sizeof<T>();
    if (sizeof<T>() == 4) widen(x + offset, length, scratch);
    const wide = sizeof<T>() == 4 ? scratch : x + offset;
    let i = next(rows, 0, count, x);
    while (i < count) {
      const j = next(rows, i + 1, count, x);
      const first = out + (<usize>i << 3);
      const y = row(rows, i) + offset;
      if (j < count) addTwo<T>(y, row(rows, j) + offset, wide, length, first, out + (<usize>j << 3));
      else store<f64>(first, load<f64>(first) + distanceFrom<T>(wide, y, length));
      i = next(rows, j + 1, count, x);
    }
  }
}

/** The first row from `i` on that isn't `x`; `count` or more if there is none. */
@inline
function next(rows: usize, i: i32, count: i32, x: usize): i32 {
  while (i < count && row(rows, i) == x) i++;
  return i;
}

/** Copies n float32 numbers as float64 ones. */
@inline
function widen(from: usize, n: i32, to: usize): void {
  for (const end = to + (<usize>(n & ~1) << 3); to < end; to += 16) {
    v128.store(to, loadWide<f32>(from));
    from += 8;
  }
  if (n & 1) store<f64>(to, <f64>load<f32>(from));
}

/** Adds the distances of two rows, read at once since two streams from memory are faster than one, to two sums. */
function addTwo<T>(y: usize, z: usize, x: usize, n: i32, first: usize, second: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  for (const end = x + (<usize>(n & ~7) << 3); x < end; x += 64) {
    const x0 = v128.load(x);
    s0 = f64x2.add(s0, squareFrom<T>(x0, y, 0));
    t0 = f64x2.add(t0, squareFrom<T>(x0, z, 0));
    const x1 = v128.load(x, 16);
    s1 = f64x2.add(s1, squareFrom<T>(x1, y, 2 * sizeof<T>()));
    t1 = f64x2.add(t1, squareFrom<T>(x1, z, 2 * sizeof<T>()));
    const x2 = v128.load(x, 32);
    s2 = f64x2.add(s2, squareFrom<T>(x2, y, 4 * sizeof<T>()));
    t2 = f64x2.add(t2, squareFrom<T>(x2, z, 4 * sizeof<T>()));
    const x3 = v128.load(x, 48);
    s3 = f64x2.add(s3, squareFrom<T>(x3, y, 6 * sizeof<T>()));
    t3 = f64x2.add(t3, squareFrom<T>(x3, z, 6 * sizeof<T>()));
    y += 8 * sizeof<T>();
    z += 8 * sizeof<T>();
  }
  const one = sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  const other = sumOfPair(f64x2.add(f64x2.add(t0, t1), f64x2.add(t2, t3)));
  store<f64>(first, load<f64>(first) + addRest<T>(x, y, n & 7, one));
  store<f64>(second, load<f64>(second) + addRest<T>(x, z, n & 7, other));
}

/** The sums of `squaredDistance`, x being widened. */
function distanceFrom<T>(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = x + (<usize>(n & ~7) << 3); x < end; x += 64) {
    s0 = f64x2.add(s0, squareFrom<T>(v128.load(x), y, 0));
    s1 = f64x2.add(s1, squareFrom<T>(v128.load(x, 16), y, 2 * sizeof<T>()));
    s2 = f64x2.add(s2, squareFrom<T>(v128.load(x, 32), y, 4 * sizeof<T>()));
    s3 = f64x2.add(s3, squareFrom<T>(v128.load(x, 48), y, 6 * sizeof<T>()));
    y += 8 * sizeof<T>();
  }
  return addRest<T>(x, y, n & 7, sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))));
}

/** `sum` and the last few coordinates' squares. */
@inline
function addRest<T>(x: usize, y: usize, n: i32, sum: f64): f64 {
  for (const end = x + (<usize>n << 3); x < end; x += 8) {
    const difference = <f64>load<T>(y) - load<f64>(x);
    sum += difference * difference;
    y += sizeof<T>();
  }
  return sum;
}

/** (y_k − x_k)² of two neighbouring coordinates, given the widened x. */
@inline
function squareFrom<T>(x: v128, y: usize, offset: usize): v128 {
  const difference = f64x2.sub(loadWide<T>(y, offset), x);
  return f64x2.mul(difference, difference);
}

/** (x_k − y_k)² of two neighbouring coordinates. */
@inline
function squares<T>(x: usize, y: usize, offset: usize): v128 {
  const difference = f64x2.sub(loadWide<T>(x, offset), loadWide<T>(y, offset));
  return f64x2.mul(difference, difference);
}

function squaredDistance<T>(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    s0 = f64x2.add(s0, squares<T>(x, y, 0));
    s1 = f64x2.add(s1, squares<T>(x, y, 2 * sizeof<T>()));
    s2 = f64x2.add(s2, squares<T>(x, y, 4 * sizeof<T>()));
    s3 = f64x2.add(s3, squares<T>(x, y, 6 * sizeof<T>()));
    x += 8 * sizeof<T>();
    y += 8 * sizeof<T>();
  }
  let sum = sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; k < n; k++) {
    const difference = <f64>load<T>(x) - <f64>load<T>(y);
    sum += difference * difference;
    x += sizeof<T>();
    y += sizeof<T>();
  }
  return sum;
}
