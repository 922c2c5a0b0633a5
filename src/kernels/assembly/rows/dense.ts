import { at, rowAt, Rows } from './rows';

/** Two float32 values at `address`, as float64. */
@inline
function pair(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

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
function dot(x: usize, w: usize, features: i32): f64 {
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
function dotFourTwo(x0: usize, x1: usize, x2: usize, x3: usize, w: usize, features: i32, out: usize, stride: usize): void {
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
function dotFour(x0: usize, x1: usize, x2: usize, x3: usize, w: usize, features: i32, out: usize, stride: usize): void {
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

/** out += c·x of `features` float32 at `x`. */
function axpy(c: f64, x: usize, features: i32, out: usize): void {
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
function axpyFourTwo(
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
function axpyFour(c: usize, stride: usize, x0: usize, x1: usize, x2: usize, x3: usize, features: i32, out: usize): void {
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

/** Where the `i`-th of the chosen rows begins. */
@inline
function begin(rows: Rows, chosen: usize, i: i32): usize {
  return rows.values + <usize>rowAt(chosen, i) * (<usize>rows.features << 2);
}

/** Writes W·x of `count` chosen rows to the scores, row by row. */
export function denseProducts(rows: Rows, chosen: usize, count: i32, params: usize): void {
  const outputs = rows.outputs;
  const features = rows.features;
  const stride = <usize>outputs << 3;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const x0 = begin(rows, chosen, i);
    const x1 = begin(rows, chosen, i + 1);
    const x2 = begin(rows, chosen, i + 2);
    const x3 = begin(rows, chosen, i + 3);
    const scores = at(rows.scores, i * outputs);
    let k = 0;
    for (; k + 2 <= outputs; k += 2) {
      dotFourTwo(x0, x1, x2, x3, at(params, k * features), features, at(scores, k), stride);
    }
    if (k < outputs) dotFour(x0, x1, x2, x3, at(params, k * features), features, at(scores, k), stride);
  }
  for (; i < count; i++) {
    const x = begin(rows, chosen, i);
    const scores = at(rows.scores, i * outputs);
    for (let k = 0; k < outputs; k++) store<f64>(at(scores, k), dot(x, at(params, k * features), features));
  }
}

/** out[k] += Σ_i scores[i][k]·(row i) over `count` chosen rows, for each output k. */
export function addDense(rows: Rows, chosen: usize, count: i32, out: usize): void {
  const outputs = rows.outputs;
  const features = rows.features;
  const stride = <usize>outputs << 3;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const x0 = begin(rows, chosen, i);
    const x1 = begin(rows, chosen, i + 1);
    const x2 = begin(rows, chosen, i + 2);
    const x3 = begin(rows, chosen, i + 3);
    const scores = at(rows.scores, i * outputs);
    let k = 0;
    for (; k + 2 <= outputs; k += 2) {
      axpyFourTwo(at(scores, k), stride, x0, x1, x2, x3, features, at(out, k * features));
    }
    if (k < outputs) axpyFour(at(scores, k), stride, x0, x1, x2, x3, features, at(out, k * features));
  }
  for (; i < count; i++) {
    const x = begin(rows, chosen, i);
    const scores = at(rows.scores, i * outputs);
    for (let k = 0; k < outputs; k++) axpy(load<f64>(at(scores, k)), x, features, at(out, k * features));
  }
}
