import { pair } from './dense-pair';
import { at } from './rows';

/** The float32 at `address` as float64, twice. */
@inline
function single(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_splat(address));
}

/** The float32 at two addresses, as float64. */
@inline
function both(low: usize, high: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(high, v128.load32_zero(low), 1));
}

@inline
function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** The totals of two pairs of sums. */
@inline
function totals(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}

/** ⟨x, w⟩ of `features` float32 at `x` and float64 at `w`, in four running sums. */
export function dot(x: usize, w: usize, features: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let k = 0;
  for (; k + 4 <= features; k += 4) {
    a = f64x2.add(a, f64x2.mul(pair(x), v128.load(w)));
    b = f64x2.add(b, f64x2.mul(pair(x + 8), v128.load(w, 16)));
    x += 16;
    w += 32;
  }
  let sum = total(f64x2.add(a, b));
  for (; k < features; k++) {
    sum += <f64>load<f32>(x) * load<f64>(w);
    x += 4;
    w += 8;
  }
  return sum;
}

/**
 * ⟨x_i, w⟩ and ⟨x_i, w + features⟩ of four rows: each pair of weights is read once for the four, each pair of a row's
 * values once for the two. Row i's two products go to out + i·stride and the next float64.
 */
export function dotFourTwo(
  x0: usize, x1: usize, x2: usize, x3: usize, w: usize, features: i32, out: usize, stride: usize
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  let v = at(w, features);
  const pairs = features >> 1;
  for (let k = 0; k < pairs; k++) {
    const first = v128.load(w);
    const second = v128.load(v);
    let x = pair(x0);
    a0 = f64x2.add(a0, f64x2.mul(x, first));
    b0 = f64x2.add(b0, f64x2.mul(x, second));
    x = pair(x1);
    a1 = f64x2.add(a1, f64x2.mul(x, first));
    b1 = f64x2.add(b1, f64x2.mul(x, second));
    x = pair(x2);
    a2 = f64x2.add(a2, f64x2.mul(x, first));
    b2 = f64x2.add(b2, f64x2.mul(x, second));
    x = pair(x3);
    a3 = f64x2.add(a3, f64x2.mul(x, first));
    b3 = f64x2.add(b3, f64x2.mul(x, second));
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    w += 16;
    v += 16;
  }
  let s0 = totals(a0, b0);
  let s1 = totals(a1, b1);
  let s2 = totals(a2, b2);
  let s3 = totals(a3, b3);
  if (features & 1) {
    // The last weights, of an odd number.
    const weights = v128.load64_lane(v, v128.load64_zero(w), 1);
    s0 = f64x2.add(s0, f64x2.mul(single(x0), weights));
    s1 = f64x2.add(s1, f64x2.mul(single(x1), weights));
    s2 = f64x2.add(s2, f64x2.mul(single(x2), weights));
    s3 = f64x2.add(s3, f64x2.mul(single(x3), weights));
  }
  v128.store(out, s0);
  v128.store(out + stride, s1);
  v128.store(out + 2 * stride, s2);
  v128.store(out + 3 * stride, s3);
}

/** ⟨x_i, w⟩ of four rows, written `stride` bytes apart. */
export function dotFour(
  x0: usize, x1: usize, x2: usize, x3: usize, w: usize, features: i32, out: usize, stride: usize
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  const pairs = features >> 1;
  for (let k = 0; k < pairs; k++) {
    const weights = v128.load(w);
    a0 = f64x2.add(a0, f64x2.mul(pair(x0), weights));
    a1 = f64x2.add(a1, f64x2.mul(pair(x1), weights));
    a2 = f64x2.add(a2, f64x2.mul(pair(x2), weights));
    a3 = f64x2.add(a3, f64x2.mul(pair(x3), weights));
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    w += 16;
  }
  let s0 = totals(a0, a1);
  let s2 = totals(a2, a3);
  if (features & 1) {
    const weight = v128.load64_splat(w);
    s0 = f64x2.add(s0, f64x2.mul(weight, both(x0, x1)));
    s2 = f64x2.add(s2, f64x2.mul(weight, both(x2, x3)));
  }
  v128.store64_lane(out, s0, 0);
  v128.store64_lane(out + stride, s0, 1);
  v128.store64_lane(out + 2 * stride, s2, 0);
  v128.store64_lane(out + 3 * stride, s2, 1);
}
