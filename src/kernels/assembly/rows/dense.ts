import { at, rowAt, Rows } from './rows';

/** Two float32 values at `address`, as float64. */
@inline
function pair(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

@inline
function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
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

/** ⟨x_i, w⟩ of four rows, written `stride` bytes apart: each pair of weights is read once for the four. */
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
  // The last weight, where their number is odd.
  const weight = features & 1 ? load<f64>(w) : 0;
  const last = features & 1;
  store<f64>(out, last ? total(a0) + <f64>load<f32>(x0) * weight : total(a0));
  store<f64>(out + stride, last ? total(a1) + <f64>load<f32>(x1) * weight : total(a1));
  store<f64>(out + 2 * stride, last ? total(a2) + <f64>load<f32>(x2) * weight : total(a2));
  store<f64>(out + 3 * stride, last ? total(a3) + <f64>load<f32>(x3) * weight : total(a3));
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

/** out += Σ_i c_i·x_i of four rows with coefficients `stride` bytes apart: `out` is read and written once for the four. */
function axpyFour(c: usize, stride: usize, x0: usize, x1: usize, x2: usize, x3: usize, features: i32, out: usize): void {
  const c0 = v128.load64_splat(c);
  const c1 = v128.load64_splat(c + stride);
  const c2 = v128.load64_splat(c + 2 * stride);
  const c3 = v128.load64_splat(c + 3 * stride);
  const pairs = features >> 1;
  for (let k = 0; k < pairs; k++) {
    const low = f64x2.add(f64x2.mul(c0, pair(x0)), f64x2.mul(c1, pair(x1)));
    const high = f64x2.add(f64x2.mul(c2, pair(x2)), f64x2.mul(c3, pair(x3)));
    v128.store(out, f64x2.add(v128.load(out), f64x2.add(low, high)));
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    out += 16;
  }
  if (features & 1) {
    const low = f64x2.extract_lane(c0, 0) * <f64>load<f32>(x0) + f64x2.extract_lane(c1, 0) * <f64>load<f32>(x1);
    const high = f64x2.extract_lane(c2, 0) * <f64>load<f32>(x2) + f64x2.extract_lane(c3, 0) * <f64>load<f32>(x3);
    store<f64>(out, load<f64>(out) + (low + high));
  }
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
    for (let k = 0; k < outputs; k++) {
      dotFour(x0, x1, x2, x3, at(params, k * features), features, at(scores, k), stride);
    }
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
    for (let k = 0; k < outputs; k++) {
      axpyFour(at(scores, k), stride, x0, x1, x2, x3, features, at(out, k * features));
    }
  }
  for (; i < count; i++) {
    const x = begin(rows, chosen, i);
    const scores = at(rows.scores, i * outputs);
    for (let k = 0; k < outputs; k++) axpy(load<f64>(at(scores, k)), x, features, at(out, k * features));
  }
}
