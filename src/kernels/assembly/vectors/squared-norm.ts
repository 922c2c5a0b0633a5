import { loadWide, sumOfPair } from './lanes';

/** ‖x‖² of n float32 numbers at byte `x`, squared and summed in float64: finite exactly if all numbers are. */
export function squaredNorm32(x: usize, n: i32): f64 {
  return squares<f32>(x, n);
}

/** ‖x‖² of n float64 numbers at byte `x`; +∞ for numbers above about 1e154 too. */
export function squaredNorm64(x: usize, n: i32): f64 {
  return squares<f64>(x, n);
}

/** Σ_k x_k·y_k of n float32 numbers at bytes `x` and `y`, multiplied and summed in float64. */
export function dot32(x: usize, y: usize, n: i32): f64 {
  return dot<f32>(x, y, n);
}

/** Σ_k x_k·y_k of n float64 numbers at bytes `x` and `y`. */
export function dot64(x: usize, y: usize, n: i32): f64 {
  return dot<f64>(x, y, n);
}

/** `dot` of a row with itself, read and widened once: the same sums. */
function squares<T>(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    const x0 = loadWide<T>(x);
    const x1 = loadWide<T>(x, 2 * sizeof<T>());
    const x2 = loadWide<T>(x, 4 * sizeof<T>());
    const x3 = loadWide<T>(x, 6 * sizeof<T>());
    s0 = f64x2.add(s0, f64x2.mul(x0, x0));
    s1 = f64x2.add(s1, f64x2.mul(x1, x1));
    s2 = f64x2.add(s2, f64x2.mul(x2, x2));
    s3 = f64x2.add(s3, f64x2.mul(x3, x3));
    x += 8 * sizeof<T>();
  }
  let sum = sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; k < n; k++) {
    const value = <f64>load<T>(x);
    sum += value * value;
    x += sizeof<T>();
  }
  return sum;
}

/** Four running sums of two lanes each, then the tail. */
function dot<T>(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    s0 = f64x2.add(s0, f64x2.mul(loadWide<T>(x), loadWide<T>(y)));
    s1 = f64x2.add(s1, f64x2.mul(loadWide<T>(x, 2 * sizeof<T>()), loadWide<T>(y, 2 * sizeof<T>())));
    s2 = f64x2.add(s2, f64x2.mul(loadWide<T>(x, 4 * sizeof<T>()), loadWide<T>(y, 4 * sizeof<T>())));
    s3 = f64x2.add(s3, f64x2.mul(loadWide<T>(x, 6 * sizeof<T>()), loadWide<T>(y, 6 * sizeof<T>())));
    x += 8 * sizeof<T>();
    y += 8 * sizeof<T>();
  }
  let sum = sumOfPair(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; k < n; k++) {
    sum += <f64>load<T>(x) * <f64>load<T>(y);
    x += sizeof<T>();
    y += sizeof<T>();
  }
  return sum;
}
