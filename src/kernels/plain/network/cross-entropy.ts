import type { CrossEntropyKernels } from '../../network-kernels.js';
import { argMax } from '../arg-max.js';
import { softmax } from '../softmax.js';

/** Claims nothing but scratch memory for a row. */
export const plainCrossEntropy = (): CrossEntropyKernels => {
  let shares = new Float64Array(0);
  return {
    gradient: (rows, classes, logits, labels, gradient) => {
      let loss = 0;
      for (let i = 0; i < rows; i++) {
        const start = i * classes;
        const label = start + labels[i]!;
        loss += softmax(logits, start, classes, gradient) - logits[label]!;
        gradient[label]! -= 1;
        for (let k = start; k < start + classes; k++) gradient[k]! /= rows;
      }
      return loss / rows;
    },
    total: (rows, classes, logits, labels) => {
      if (shares.length < rows * classes) shares = new Float64Array(rows * classes);
      let loss = 0;
      for (let i = 0; i < rows; i++) {
        const start = i * classes;
        loss += softmax(logits, start, classes, shares) - logits[start + labels[i]!]!;
      }
      return loss;
    },
    correct: (rows, classes, logits, labels) => {
      let correct = 0;
      for (let i = 0; i < rows; i++) if (argMax(logits, i * classes, classes) === labels[i]) correct++;
      return correct;
    },
  };
};
