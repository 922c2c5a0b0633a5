// Coordinate-wise weighted median from nothing but the rows, for few of them: each pair is compared once. `rows`,
// `weights`, `total` and `out` as in weighted-median.
import { lanes, larger, loadLanes, midpoint, nanAsInfinity, row, storeLanes } from './lanes';

/** Writes the median alone, without B, O(count²/2·n). `scratch` is the byte offset of count·32 bytes. */
export function weightedMedian32(
  rows: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianByOrder<f32>(rows, weights, count, total, n, out, scratch);
}

/** `weightedMedian32` for float64 rows and weights. */
export function weightedMedian64(
  rows: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  medianByOrder<f64>(rows, weights, count, total, n, out, scratch);
}

/**
 * Each pair of rows is compared once: of equal entries that of the earlier row comes first, so whatever isn't before is
 * behind. An entry's B is then the weight before it in this order, which gives the same median.
 */
function medianByOrder<T>(
  rows: usize, weights: usize, count: i32, total: f64, n: i32, out: usize, scratch: usize,
): void {
  const infinity = v128.splat<T>(<T>Infinity);
  const half = v128.splat<T>(<T>(0.5 * total));
  const below = scratch + (<usize>count << 4);
  for (let k = 0; k < n; k += lanes<T>()) {
    const offset = <usize>k * sizeof<T>();
    for (let i = 0; i < count; i++) {
      const at = <usize>i << 4;
      v128.store(scratch + at, nanAsInfinity<T>(loadLanes<T>(row(rows, i) + offset, n - k), infinity));
      // The first three rows write all others' B; where there are fewer, nothing has yet.
      if (count < 3) v128.store(below + at, v128.splat<T>(0));
    }
    let i = 0;
    if (count >= 3) {
      orderThree<T>(scratch, below, weights, 0, count, true);
      i = 3;
    }
    for (; i + 3 <= count; i += 3) orderThree<T>(scratch, below, weights, i, count, false);
    for (; i + 1 < count; i++) orderOne<T>(scratch, below, weights, i, count);
    let low = v128.splat<T>(<T>-Infinity);
    let high = low;
    for (let p: usize = 0, end = <usize>count << 4; p < end; p += 16) {
      const value = v128.load(scratch + p);
      const b = v128.load(below + p);
      low = larger<T>(low, value, v128.ge<T>(b, half));
      high = larger<T>(high, value, v128.gt<T>(b, half));
    }
    storeLanes<T>(out + offset, midpoint<T>(low, high), n - k);
  }
}

/** Rows i, i + 1 and i + 2 against each other and against all later ones; `fresh`: no B has been written before. */
@inline
function orderThree<T>(values: usize, below: usize, weights: usize, i: i32, count: i32, fresh: bool): void {
  const at = <usize>i << 4;
  const x0 = v128.load(values + at);
  const x1 = v128.load(values + at, 16);
  const x2 = v128.load(values + at, 32);
  let weight = weights + <usize>i * sizeof<T>();
  const w0 = v128.load_splat<T>(weight);
  const w1 = v128.load_splat<T>(weight, sizeof<T>());
  const w2 = v128.load_splat<T>(weight, 2 * sizeof<T>());
  let b0 = fresh ? v128.splat<T>(0) : v128.load(below + at);
  let b1 = fresh ? v128.splat<T>(0) : v128.load(below + at, 16);
  let b2 = fresh ? v128.splat<T>(0) : v128.load(below + at, 32);
  let before = v128.lt<T>(x1, x0);
  b0 = v128.add<T>(b0, v128.and(w1, before));
  b1 = v128.add<T>(b1, v128.andnot(w0, before));
  before = v128.lt<T>(x2, x0);
  b0 = v128.add<T>(b0, v128.and(w2, before));
  b2 = v128.add<T>(b2, v128.andnot(w0, before));
  before = v128.lt<T>(x2, x1);
  b1 = v128.add<T>(b1, v128.and(w2, before));
  b2 = v128.add<T>(b2, v128.andnot(w1, before));
  weight += 3 * sizeof<T>();
  for (let p = at + 48, end = <usize>count << 4; p < end; p += 16) {
    const x = v128.load(values + p);
    const w = v128.load_splat<T>(weight);
    let b = fresh ? v128.splat<T>(0) : v128.load(below + p);
    before = v128.lt<T>(x, x0);
    b0 = v128.add<T>(b0, v128.and(w, before));
    b = v128.add<T>(b, v128.andnot(w0, before));
    before = v128.lt<T>(x, x1);
    b1 = v128.add<T>(b1, v128.and(w, before));
    b = v128.add<T>(b, v128.andnot(w1, before));
    before = v128.lt<T>(x, x2);
    b2 = v128.add<T>(b2, v128.and(w, before));
    b = v128.add<T>(b, v128.andnot(w2, before));
    v128.store(below + p, b);
    weight += sizeof<T>();
  }
  v128.store(below + at, b0);
  v128.store(below + at, b1, 16);
  v128.store(below + at, b2, 32);
}

/** Row i against all later ones. */
function orderOne<T>(values: usize, below: usize, weights: usize, i: i32, count: i32): void {
  const at = <usize>i << 4;
  const x0 = v128.load(values + at);
  let weight = weights + <usize>i * sizeof<T>();
  const w0 = v128.load_splat<T>(weight);
  let b0 = v128.load(below + at);
  for (let p = at + 16, end = <usize>count << 4; p < end; p += 16) {
    weight += sizeof<T>();
    const before = v128.lt<T>(v128.load(values + p), x0);
    b0 = v128.add<T>(b0, v128.and(v128.load_splat<T>(weight), before));
    v128.store(below + p, v128.add<T>(v128.load(below + p), v128.andnot(w0, before)));
  }
  v128.store(below + at, b0);
}
