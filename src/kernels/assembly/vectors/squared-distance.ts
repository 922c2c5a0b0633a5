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
 * the byte offset of one vector, all of n float32 numbers. Subtracted, squared and summed in float64. A row that is `x`
 * itself has distance 0, a row or point that isn't finite has a distance that isn't.
 */
export function distancesToAll32(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  distancesToAll<f32>(rows, count, x, n, out);
}

/** `distancesToAll32` for float64 vectors. */
export function distancesToAll64(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  distancesToAll<f64>(rows, count, x, n, out);
}

function distancesToAll<T>(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += BLOCK) {
    const length = min(BLOCK, n - start);
    const offset = <usize>start * sizeof<T>();
    let i = 0;
    for (; i + 2 <= count; i += 2) {
      addTwo<T>(row(rows, i) + offset, row(rows, i + 1) + offset, x + offset, length, out + (<usize>i << 3));
    }
    if (i < count) {
      const sum = out + (<usize>i << 3);
      store<f64>(sum, load<f64>(sum) + squaredDistance<T>(row(rows, i) + offset, x + offset, length));
    }
  }
}

/** Adds the squared distances of `x` from `y` and `z` to two sums: those of `squaredDistance`, `x` read and widened once. */
function addTwo<T>(y: usize, z: usize, x: usize, n: i32, sums: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    const x0 = loadWide<T>(x);
    s0 = f64x2.add(s0, squareFrom<T>(x0, y, 0));
    t0 = f64x2.add(t0, squareFrom<T>(x0, z, 0));
    const x1 = loadWide<T>(x, 2 * sizeof<T>());
    s1 = f64x2.add(s1, squareFrom<T>(x1, y, 2 * sizeof<T>()));
    t1 = f64x2.add(t1, squareFrom<T>(x1, z, 2 * sizeof<T>()));
    const x2 = loadWide<T>(x, 4 * sizeof<T>());
    s2 = f64x2.add(s2, squareFrom<T>(x2, y, 4 * sizeof<T>()));
    t2 = f64x2.add(t2, squareFrom<T>(x2, z, 4 * sizeof<T>()));
    const x3 = loadWide<T>(x, 6 * sizeof<T>());
    s3 = f64x2.add(s3, squareFrom<T>(x3, y, 6 * sizeof<T>()));
    t3 = f64x2.add(t3, squareFrom<T>(x3, z, 6 * sizeof<T>()));
    x += 8 * sizeof<T>();
    y += 8 * sizeof<T>();
    z += 8 * sizeof<T>();
  }
  let first = sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  let second = sumOfPair(f64x2.add(f64x2.add(t0, t1), f64x2.add(t2, t3)));
  for (; k < n; k++) {
    const value = <f64>load<T>(x);
    const one = <f64>load<T>(y) - value;
    const other = <f64>load<T>(z) - value;
    first += one * one;
    second += other * other;
    x += sizeof<T>();
    y += sizeof<T>();
    z += sizeof<T>();
  }
  store<f64>(sums, load<f64>(sums) + first);
  store<f64>(sums, load<f64>(sums, 8) + second, 8);
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
