/**
 * −ln of the share that the softmax of `classes` numbers at `logits` gives to class `label`; float64. Where `exponentials`
 * isn't 0, leaves e^(logit − largest) of each there and their sum in float64 at `sum`.
 */
function surprise(classes: usize, logits: usize, label: usize, exponentials: usize): f64 {
  let largest = load<f32>(logits);
  for (let k: usize = 1; k < classes; k++) {
    const logit = load<f32>(logits + 4 * k);
    if (logit > largest) largest = logit;
  }
  let sum: f64 = 0;
  for (let k: usize = 0; k < classes; k++) {
    const exponential = NativeMath.exp(<f64>load<f32>(logits + 4 * k) - <f64>largest);
    sum += exponential;
    if (exponentials != 0) store<f64>(exponentials + 8 * k, exponential);
  }
  if (exponentials != 0) store<f64>(exponentials + 8 * classes, sum);
  return <f64>largest - <f64>load<f32>(logits + 4 * label) + NativeMath.log(sum);
}

/**
 * The mean cross-entropy of the softmax of `rows` rows of `classes` logits against `labels` (int32); writes its gradient in
 * the logits, (softmax − one-hot)/rows. `scratch` holds 8·(classes + 1) bytes.
 */
export function crossEntropy(
  rows: usize,
  classes: usize,
  logits: usize,
  labels: usize,
  gradient: usize,
  scratch: usize,
): f64 {
  let loss: f64 = 0;
  for (let i: usize = 0; i < rows; i++) {
    const label = <usize>load<i32>(labels + 4 * i);
    loss += surprise(classes, logits, label, scratch);
    const sum = load<f64>(scratch + 8 * classes);
    for (let k: usize = 0; k < classes; k++) {
      const share = load<f64>(scratch + 8 * k) / sum;
      store<f32>(gradient + 4 * k, <f32>((share - (k == label ? 1.0 : 0.0)) / <f64>rows));
    }
    logits += 4 * classes;
    gradient += 4 * classes;
  }
  return loss / <f64>rows;
}

/** The sum of the cross-entropies of `rows` rows, as above. */
export function totalCrossEntropy(rows: usize, classes: usize, logits: usize, labels: usize): f64 {
  let loss: f64 = 0;
  for (let i: usize = 0; i < rows; i++) {
    loss += surprise(classes, logits + 4 * classes * i, <usize>load<i32>(labels + 4 * i), 0);
  }
  return loss;
}

/** How many of `rows` rows have their largest logit, the first of equals, at the label. */
export function countCorrect(rows: usize, classes: usize, logits: usize, labels: usize): usize {
  let correct: usize = 0;
  for (let i: usize = 0; i < rows; i++) {
    let best: usize = 0;
    let largest = load<f32>(logits);
    for (let k: usize = 1; k < classes; k++) {
      const logit = load<f32>(logits + 4 * k);
      if (logit > largest) {
        largest = logit;
        best = k;
      }
    }
    if (best == <usize>load<i32>(labels + 4 * i)) correct++;
    logits += 4 * classes;
  }
  return correct;
}
