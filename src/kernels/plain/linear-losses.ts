import type { LinearLoss } from '../row-kernels.js';
import { argMax } from './arg-max.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';
import { softplus } from './softplus.js';

/** How scores s are held against a label. */
export interface LossRule {
  /** The loss of `scores`; writes its derivatives in them to `slopes`. */
  readonly loss: (scores: Float64Array, label: number, slopes: Float64Array) => number;
  /** The largest eigenvalue that the second derivative in the scores can have. */
  readonly curvature: number;
  /** Whether the class that the scores stand for is the label. */
  readonly correct: (scores: Float64Array, label: number) => boolean;
}

/** The losses of linear models. */
export const linearLosses: Readonly<Record<LinearLoss, LossRule>> = {
  squared: {
    loss: (scores, label, slopes) => {
      const difference = scores[0]! - label;
      slopes[0] = difference;
      return (difference * difference) / 2;
    },
    curvature: 1,
    correct: () => false,
  },
  logistic: {
    loss: (scores, label, slopes) => {
      const score = scores[0]!;
      slopes[0] = label > 0 ? -sigmoid(-score) : sigmoid(score);
      return softplus(label > 0 ? -score : score);
    },
    // σ(s)·(1 − σ(s)), largest at s = 0.
    curvature: 1 / 4,
    correct: (scores, label) => (scores[0]! > 0 ? 1 : 0) === label,
  },
  softmax: {
    loss: (scores, label, slopes) => {
      const loss = softmax(scores, 0, scores.length, slopes) - scores[label]!;
      slopes[label]! -= 1;
      return loss;
    },
    // diag(p) − ppᵀ ⪯ ½(I − 11ᵀ/K): Böhning 1992, "Multinomial logistic regression algorithm", theorem 1.
    curvature: 1 / 2,
    correct: (scores, label) => argMax(scores, 0, scores.length) === label,
  },
};
