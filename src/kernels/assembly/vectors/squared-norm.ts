/** ‖x‖² of `count` numbers at `x`, float32: squared and summed in float64, two at a time in four running sums. */
export function squaredNorm32(x: usize, count: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const low = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const high = f64x2.promote_low_f32x4(v128.load64_zero(x, 8));
    a = f64x2.add(a, f64x2.mul(low, low));
    b = f64x2.add(b, f64x2.mul(high, high));
    x += 16;
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; k < count; k++) {
    const value: f64 = load<f32>(x);
    sum += value * value;
    x += 4;
  }
  return sum;
}
