import { Loss, slopes } from './losses';
import { predict, propagate } from './products';
import { at, CHUNK, Rows } from './rows';

/** Writes l2·w of `count` weights to `out` and returns ‖w‖². */
export function penalize(w: usize, count: i32, l2: f64, out: usize): f64 {
  const factor = f64x2.splat(l2);
  let a = f64x2.splat(0);
  let b = a;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const low = v128.load(w);
    const high = v128.load(w, 16);
    v128.store(out, f64x2.mul(factor, low));
    v128.store(out, f64x2.mul(factor, high), 16);
    a = f64x2.add(a, f64x2.mul(low, low));
    b = f64x2.add(b, f64x2.mul(high, high));
    w += 32;
    out += 32;
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; k < count; k++) {
    const weight = load<f64>(w);
    store<f64>(out, l2 * weight);
    sum += weight * weight;
    w += 8;
    out += 8;
  }
  return sum;
}

/** `sum` and the losses of `count` chosen rows, whose gradient times `scale` is added to `out`. */
@inline
function gradient(
  loss: Loss, rows: Rows, chosen: usize, labels: usize, count: i32, scale: f64, params: usize, out: usize, sum: f64
): f64 {
  for (; count > 0; count -= CHUNK) {
    const some = min(count, CHUNK);
    predict(rows, chosen, some, params);
    sum += slopes(loss, rows.scores, labels, some, rows.outputs, scale);
    propagate(rows, chosen, some, out);
    chosen += 4 * CHUNK;
    labels = at(labels, CHUNK);
  }
  return sum;
}

/** `sum` and the squared losses of `count` chosen rows, whose gradient times `scale` is added to `out`. */
export function squaredGradient(
  rows: Rows, chosen: usize, labels: usize, count: i32, scale: f64, params: usize, out: usize, sum: f64
): f64 {
  return gradient(Loss.Squared, rows, chosen, labels, count, scale, params, out, sum);
}

/** `sum` and the logistic losses of `count` chosen rows, whose gradient times `scale` is added to `out`. */
export function logisticGradient(
  rows: Rows, chosen: usize, labels: usize, count: i32, scale: f64, params: usize, out: usize, sum: f64
): f64 {
  return gradient(Loss.Logistic, rows, chosen, labels, count, scale, params, out, sum);
}

/** `sum` and the cross-entropies of the softmax of `count` chosen rows, whose gradient times `scale` is added to `out`. */
export function softmaxGradient(
  rows: Rows, chosen: usize, labels: usize, count: i32, scale: f64, params: usize, out: usize, sum: f64
): f64 {
  return gradient(Loss.Softmax, rows, chosen, labels, count, scale, params, out, sum);
}
