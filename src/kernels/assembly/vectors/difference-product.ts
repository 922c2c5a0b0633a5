import { loadWide, sumOfPair } from './lanes';

/** ⟨x − c, y − c⟩ of n float32 numbers at bytes `x`, `y` and `c`, subtracted, multiplied and summed in float64. */
export function differenceProduct32(x: usize, y: usize, c: usize, n: i32): f64 {
  return differenceProduct<f32>(x, y, c, n);
}

/** `differenceProduct32` for float64 numbers. */
export function differenceProduct64(x: usize, y: usize, c: usize, n: i32): f64 {
  return differenceProduct<f64>(x, y, c, n);
}

function differenceProduct<T>(x: usize, y: usize, c: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    s0 = f64x2.add(s0, products<T>(x, y, c, 0));
    s1 = f64x2.add(s1, products<T>(x, y, c, 2 * sizeof<T>()));
    x += 4 * sizeof<T>();
    y += 4 * sizeof<T>();
    c += 4 * sizeof<T>();
  }
  let sum = sumOfPair(f64x2.add(s0, s1));
  for (; k < n; k++) {
    const centre = <f64>load<T>(c);
    sum += (<f64>load<T>(x) - centre) * (<f64>load<T>(y) - centre);
    x += sizeof<T>();
    y += sizeof<T>();
    c += sizeof<T>();
  }
  return sum;
}

/** (x_k − c_k)·(y_k − c_k) of two neighbouring coordinates. */
@inline
function products<T>(x: usize, y: usize, c: usize, offset: usize): v128 {
  const centre = loadWide<T>(c, offset);
  return f64x2.mul(f64x2.sub(loadWide<T>(x, offset), centre), f64x2.sub(loadWide<T>(y, offset), centre));
}
