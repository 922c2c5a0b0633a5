import { at } from './rows';

/** How scores are held against labels. */
export const enum Loss {
  /** ½(s − y)². */
  Squared,
  /** ln(1 + e^{−s}) for labels above 0, ln(1 + eˢ) for others. */
  Logistic,
  /** −ln of the label's share in softmax(s). */
  Softmax,
}

/**
 * Σ ln(1 + eᵗ) of `count` scores, at most CHUNK, with t = −s for labels above 0 and t = s for others. Overwrites each score
 * with scale·(dloss/ds). With e_i = e^{−|t_i|}, the product Π(1 + e_i) = 1 + E is kept as E, which neither loses a small e
 * nor, for as many factors, overflows; so one logarithm does for all. Signs are bits: branches on them would be guesses.
 */
function logisticSlopes(scores: usize, labels: usize, count: i32, scale: f64): f64 {
  let sum: f64 = 0;
  let product: f64 = 0;
  for (let i = 0; i < count; i++) {
    const sign = u64(load<f64>(labels) > 0) << 63;
    const t = reinterpret<f64>(load<u64>(scores) ^ sign);
    const negative = 0 - u64(t < 0);
    const e = NativeMath.exp(-abs(t));
    product += e * (1 + product);
    // The larger of t and 0; NaN stays.
    sum += reinterpret<f64>(reinterpret<u64>(t) & ~negative);
    // e/(1 + e) for t below 0, 1/(1 + e) elsewhere.
    const numerator = (reinterpret<u64>(e) & negative) | (reinterpret<u64>(<f64>1) & ~negative);
    const slope = (scale * reinterpret<f64>(numerator)) / (1 + e);
    store<u64>(scores, reinterpret<u64>(slope) ^ sign);
    scores += 8;
    labels += 8;
  }
  return sum + NativeMath.log1p(product);
}

/** Σ ½(s − y)² of `count` scores. Overwrites each score with scale·(s − y). */
function squaredSlopes(scores: usize, labels: usize, count: i32, scale: f64): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) {
    const difference = load<f64>(scores) - load<f64>(labels);
    sum += difference * difference;
    store<f64>(scores, scale * difference);
    scores += 8;
    labels += 8;
  }
  return sum / 2;
}

/** The k with the largest of `classes` scores; the first of equals. */
@inline
function largestOf(scores: usize, classes: i32): i32 {
  let best = 0;
  let largest = load<f64>(scores);
  for (let k = 1; k < classes; k++) {
    const score = load<f64>(at(scores, k));
    if (score > largest) {
      largest = score;
      best = k;
    }
  }
  return best;
}

/**
 * Σ (ln Σ_k e^{s_k} − s_y) of `count` rows of `classes` scores. Overwrites each row's scores with
 * scale·(softmax(s) − one-hot(y)).
 */
function softmaxSlopes(scores: usize, labels: usize, count: i32, classes: i32, scale: f64): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < count; i++) {
    const label = <i32>load<f64>(labels);
    const own = load<f64>(at(scores, label));
    const largest = load<f64>(at(scores, largestOf(scores, classes)));
    let sum: f64 = 0;
    for (let k = 0; k < classes; k++) {
      const e = NativeMath.exp(load<f64>(at(scores, k)) - largest);
      store<f64>(at(scores, k), e);
      sum += e;
    }
    loss += largest + NativeMath.log(sum) - own;
    for (let k = 0; k < classes; k++) {
      const share = load<f64>(at(scores, k)) / sum;
      store<f64>(at(scores, k), scale * (k == label ? share - 1 : share));
    }
    scores = at(scores, classes);
    labels += 8;
  }
  return loss;
}

/** The losses of `count` rows of `outputs` scores, at most CHUNK, summed. Overwrites the scores with scale·(dloss/ds). */
@inline
export function slopes(loss: Loss, scores: usize, labels: usize, count: i32, outputs: i32, scale: f64): f64 {
  if (loss == Loss.Squared) return squaredSlopes(scores, labels, count, scale);
  if (loss == Loss.Logistic) return logisticSlopes(scores, labels, count, scale);
  return softmaxSlopes(scores, labels, count, outputs, scale);
}

/**
 * How many of `count` rows of `outputs` scores have the class that is their label: the one with the largest score, the
 * first of equals; of a single score, class 1 where it is above 0, class 0 elsewhere. None where labels are targets.
 */
@inline
export function countCorrect(loss: Loss, scores: usize, labels: usize, count: i32, outputs: i32): i32 {
  if (loss == Loss.Squared) return 0;
  let correct = 0;
  for (let i = 0; i < count; i++) {
    const predicted = loss == Loss.Logistic ? i32(load<f64>(scores) > 0) : largestOf(scores, outputs);
    if (<f64>predicted == load<f64>(labels)) correct++;
    scores = at(scores, outputs);
    labels += 8;
  }
  return correct;
}
