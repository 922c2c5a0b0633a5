import { row } from './lanes';

/** Coordinates whose squares are summed in float32 before they are added in float64. */
const CHUNK: i32 = 128;

/** Coordinates of the point that stay in the second cache while all rows pass. */
const BLOCK: i32 = 16384;

/**
 * Writes ‖x_i − x‖² for each of `count` rows of n float32 numbers to the float64 numbers at `out`: `rows` is a list of u32
 * byte offsets, `x` the byte offset of one vector. Subtracted and squared in float32, summed in float32 over 128 coordinates
 * and in float64 beyond: as the difference of two floats is rounded once, each has a relative error below 3e-6.
 */
export function roughDistancesToAll32(rows: usize, count: i32, x: usize, n: i32, out: usize): void {
  memory.fill(out, 0, <usize>count << 3);
  for (let start = 0; start < n; start += BLOCK) {
    const length = min(BLOCK, n - start);
    const offset = <usize>start << 2;
    for (let i = 0; i < count; i++) {
      const sum = out + (<usize>i << 3);
      store<f64>(sum, load<f64>(sum) + roughDistance(row(rows, i) + offset, x + offset, length));
    }
  }
}

function roughDistance(x: usize, y: usize, n: i32): f64 {
  let sum: f64 = 0;
  let k = 0;
  while (k + 16 <= n) {
    const end = min(n - 15, k + CHUNK);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (; k < end; k += 16) {
      s0 = f32x4.add(s0, squares(x, y, 0));
      s1 = f32x4.add(s1, squares(x, y, 16));
      s2 = f32x4.add(s2, squares(x, y, 32));
      s3 = f32x4.add(s3, squares(x, y, 48));
      x += 64;
      y += 64;
    }
    s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    const low = f64x2.promote_low_f32x4(s0);
    const high = f64x2.promote_low_f32x4(i32x4.shuffle(s0, s0, 2, 3, 0, 1));
    const pair = f64x2.add(low, high);
    sum += f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
  }
  for (; k < n; k++) {
    const difference = <f64>(load<f32>(x) - load<f32>(y));
    sum += difference * difference;
    x += 4;
    y += 4;
  }
  return sum;
}

/** (x_k − y_k)² of four neighbouring coordinates. */
@inline
function squares(x: usize, y: usize, offset: usize): v128 {
  const difference = f32x4.sub(v128.load(x + offset), v128.load(y + offset));
  return f32x4.mul(difference, difference);
}
