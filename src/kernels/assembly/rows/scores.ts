import { countCorrect, Loss, slopes } from './losses';
import { predict } from './products';
import { at, CHUNK, Rows } from './rows';

/** The losses of `count` chosen rows, summed; `rows.correct` says how many of them had the right class. */
@inline
function score(loss: Loss, rows: Rows, chosen: usize, labels: usize, count: i32, params: usize): f64 {
  let sum: f64 = 0;
  let correct = 0;
  for (; count > 0; count -= CHUNK) {
    const some = min(count, CHUNK);
    predict(rows, chosen, some, params);
    correct += countCorrect(loss, rows.scores, labels, some, rows.outputs);
    sum += slopes(loss, rows.scores, labels, some, rows.outputs, 1);
    chosen += 4 * CHUNK;
    labels = at(labels, CHUNK);
  }
  rows.correct = correct;
  return sum;
}

/** The squared losses of `count` chosen rows, summed. */
export function squaredScores(rows: Rows, chosen: usize, labels: usize, count: i32, params: usize): f64 {
  return score(Loss.Squared, rows, chosen, labels, count, params);
}

/** The logistic losses of `count` chosen rows, summed. */
export function logisticScores(rows: Rows, chosen: usize, labels: usize, count: i32, params: usize): f64 {
  return score(Loss.Logistic, rows, chosen, labels, count, params);
}

/** The cross-entropies of the softmax of `count` chosen rows, summed. */
export function softmaxScores(rows: Rows, chosen: usize, labels: usize, count: i32, params: usize): f64 {
  return score(Loss.Softmax, rows, chosen, labels, count, params);
}
