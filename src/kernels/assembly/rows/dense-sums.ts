import { pair } from './dense-pair';
import { at } from './rows';

/** out += c·x of `features` float32 at `x`. */
export function axpy(c: f64, x: usize, features: i32, out: usize): void {
  const factor = f64x2.splat(c);
  const pairs = features >> 1;
  for (let k = 0; k < pairs; k++) {
    v128.store(out, f64x2.add(v128.load(out), f64x2.mul(factor, pair(x))));
    x += 8;
    out += 16;
  }
  if (features & 1) store<f64>(out, load<f64>(out) + c * <f64>load<f32>(x));
}

/**
 * out += Σ_i c_i·x_i of four rows, with coefficients `stride` bytes apart, and to the next `features` numbers of `out` the
 * same with the coefficients beside those: `out` is read and written once for the four, each value once for the two.
 */
export function axpyFourTwo(
  c: usize, stride: usize, x0: usize, x1: usize, x2: usize, x3: usize, features: i32, out: usize
): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c + stride);
  const c2 = v128.load64_splat(c + 2 * stride);
  const c3 = v128.load64_splat(c + 3 * stride);
  const d0 = v128.load64_splat(c, 8);
  const d1 = v128.load64_splat(c + stride, 8);
  const d2 = v128.load64_splat(c + 2 * stride, 8);
  const d3 = v128.load64_splat(c + 3 * stride, 8);
  const pairs = features >> 1;
  let next = at(out, features);
  for (let k = 0; k < pairs; k++) {
    let x = pair(x0);
    let a = f64x2.add(v128.load(out), f64x2.mul(c0, x));
    let b = f64x2.add(v128.load(next), f64x2.mul(d0, x));
    x = pair(x1);
    a = f64x2.add(a, f64x2.mul(c1, x));
    b = f64x2.add(b, f64x2.mul(d1, x));
    x = pair(x2);
    a = f64x2.add(a, f64x2.mul(c2, x));
    b = f64x2.add(b, f64x2.mul(d2, x));
    x = pair(x3);
    a = f64x2.add(a, f64x2.mul(c3, x));
    b = f64x2.add(b, f64x2.mul(d3, x));
    v128.store(out, a);
    v128.store(next, b);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    out += 16;
    next += 16;
  }
  if (features & 1) {
    addLast(c, stride, x0, x1, x2, x3, out);
    addLast(c + 8, stride, x0, x1, x2, x3, next);
  }
}

/** Adds Σ_i c_i·x_i of the last values of four rows. */
function addLast(c: usize, stride: usize, x0: usize, x1: usize, x2: usize, x3: usize, out: usize): void {
  let sum = load<f64>(out) + load<f64>(c) * <f64>load<f32>(x0);
  sum += load<f64>(c + stride) * <f64>load<f32>(x1);
  sum += load<f64>(c + 2 * stride) * <f64>load<f32>(x2);
  sum += load<f64>(c + 3 * stride) * <f64>load<f32>(x3);
  store<f64>(out, sum);
}

/** out += Σ_i c_i·x_i of four rows, with coefficients `stride` bytes apart. */
export function axpyFour(
  c: usize, stride: usize, x0: usize, x1: usize, x2: usize, x3: usize, features: i32, out: usize
): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c + stride);
  const c2 = v128.load64_splat(c + 2 * stride);
  const c3 = v128.load64_splat(c + 3 * stride);
  const pairs = features >> 1;
  for (let k = 0; k < pairs; k++) {
    let a = f64x2.add(v128.load(out), f64x2.mul(c0, pair(x0)));
    a = f64x2.add(a, f64x2.mul(c1, pair(x1)));
    a = f64x2.add(a, f64x2.mul(c2, pair(x2)));
    v128.store(out, f64x2.add(a, f64x2.mul(c3, pair(x3))));
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    out += 16;
  }
  if (features & 1) addLast(c, stride, x0, x1, x2, x3, out);
}
