import { lanes } from './lanes';

/** 1 if any of the n float32 numbers at byte `x` is NaN, else 0. */
export function anyNaN32(x: usize, n: i32): i32 {
  return anyNaN<f32>(x, n);
}

/** 1 if any of the n float64 numbers at byte `x` is NaN, else 0. */
export function anyNaN64(x: usize, n: i32): i32 {
  return anyNaN<f64>(x, n);
}

/** 1 if all of the n float32 numbers at byte `x` are finite, else 0. */
export function allFinite32(x: usize, n: i32): i32 {
  return allFinite<f32>(x, n);
}

/** 1 if all of the n float64 numbers at byte `x` are finite, else 0. */
export function allFinite64(x: usize, n: i32): i32 {
  return allFinite<f64>(x, n);
}

function anyNaN<T>(x: usize, n: i32): i32 {
  let found = i32x4.splat(0);
  let k = 0;
  for (; k + 2 * lanes<T>() <= n; k += 2 * lanes<T>()) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    found = v128.or(found, v128.or(v128.ne<T>(a, a), v128.ne<T>(b, b)));
    x += 32;
  }
  if (v128.any_true(found)) return 1;
  for (; k < n; k++) {
    if (load<T>(x) != load<T>(x)) return 1;
    x += sizeof<T>();
  }
  return 0;
}

/** x − x is 0 for finite numbers and NaN for all others. */
function allFinite<T>(x: usize, n: i32): i32 {
  let found = i32x4.splat(0);
  let k = 0;
  for (; k + 2 * lanes<T>() <= n; k += 2 * lanes<T>()) {
    const a = v128.sub<T>(v128.load(x), v128.load(x));
    const b = v128.sub<T>(v128.load(x, 16), v128.load(x, 16));
    found = v128.or(found, v128.or(v128.ne<T>(a, a), v128.ne<T>(b, b)));
    x += 32;
  }
  if (v128.any_true(found)) return 0;
  for (; k < n; k++) {
    const difference = <T>(load<T>(x) - load<T>(x));
    if (difference != difference) return 0;
    x += sizeof<T>();
  }
  return 1;
}
