/** Numbers of type `T` in a 128-bit vector: 4 of float32, 2 of float64. */
@inline
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** Two numbers of type `T` at `p`, as float64. */
@inline
export function loadWide<T>(p: usize, immOffset: usize = 0): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(p + immOffset));
  return v128.load(p + immOffset);
}

/** Writes two float64 numbers to `p` as numbers of type `T`. */
@inline
export function storeWide<T>(p: usize, v: v128): void {
  if (sizeof<T>() == 4) v128.store_lane<u64>(p, f32x4.demote_f64x2_zero(v), 0);
  else v128.store(p, v);
}

/** Where row `i` of a list of rows begins; a list of rows is an array of u32 byte offsets. */
@inline
export function row(rows: usize, i: i32): usize {
  return <usize>load<u32>(rows + (<usize>i << 2));
}

/** The sum of both lanes of a float64 vector. */
@inline
export function sumOfPair(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** `v` with NaN replaced by +∞, given a vector of +∞: pmin(a, b) is b < a ? b : a. */
@inline
export function nanAsInfinity<T>(v: v128, infinity: v128): v128 {
  return v128.pmin<T>(infinity, v);
}

/** ½·low + ½·high; `low` itself, to the last bit, where both are equal. */
@inline
export function midpoint<T>(low: v128, high: v128): v128 {
  const half = v128.splat<T>(<T>0.5);
  const middle = v128.add<T>(v128.mul<T>(half, low), v128.mul<T>(half, high));
  return v128.bitselect(low, middle, v128.eq<T>(low, high));
}

/** Writes the first `count` lanes, 1 to all, of `v` to `out`. */
@inline
export function storeLanes<T>(out: usize, v: v128, count: i32): void {
  if (count >= lanes<T>()) {
    v128.store(out, v);
    return;
  }
  store<T>(out, v128.extract_lane<T>(v, 0));
  if (sizeof<T>() == 4) {
    if (count > 1) store<f32>(out, f32x4.extract_lane(v, 1), 4);
    if (count > 2) store<f32>(out, f32x4.extract_lane(v, 2), 8);
  }
}

/** The first `count` numbers, 1 to all, at `p` in a vector; zeros in the other lanes. Reads nothing behind them. */
@inline
export function loadLanes<T>(p: usize, count: i32): v128 {
  if (count >= lanes<T>()) return v128.load(p);
  if (sizeof<T>() == 8) return v128.load64_zero(p);
  let v = v128.load32_zero(p);
  if (count > 1) v = v128.load_lane<f32>(p, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(p, v, 2, 8);
  return v;
}

/** The larger of `most` and `x`, where x isn't excluded: all ones are a NaN, and pmax(a, NaN) is a. */
@inline
export function larger<T>(most: v128, x: v128, excluded: v128): v128 {
  return v128.pmax<T>(most, v128.or(x, excluded));
}
