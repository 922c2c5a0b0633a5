/** Two float32 values at `address`, as float64. */
@inline
export function pair(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}
