import type { Memory } from '../memory.js';
import { claimLinear } from '../row-claims.js';
import type { LinearLoops, LinearModel, RowKernels } from '../row-kernels.js';
import type { Examples } from '../rows.js';
import type { ReadonlyVector } from '../vector.js';
import { linearLosses } from './linear-losses.js';
import { squaredNorm } from './norm.js';
import { rowAxpy } from './row-axpy.js';
import { rowDot } from './row-dot.js';

const linearLoops = ({ loss: name, outputs, bias, l2 }: LinearModel, train: Examples, test: Examples): LinearLoops => {
  const { loss, correct } = linearLosses[name];
  const { features } = train.inputs;
  const weights = outputs * features;
  const scores = new Float64Array(outputs);
  const slopes = new Float64Array(outputs);
  const predict = (params: ReadonlyVector, { inputs }: Examples, row: number): void => {
    for (let k = 0; k < outputs; k++) {
      scores[k] = rowDot(inputs, row, params, k * features) + (bias ? params[weights + k]! : 0);
    }
  };
  return {
    gradient: (params, rows, labels, out) => {
      const count = rows.length;
      let sum = 0;
      for (let k = 0; k < weights; k++) out[k] = l2 * params[k]!;
      if (bias) out.fill(0, weights, weights + outputs);
      for (let i = 0; i < count; i++) {
        predict(params, train, rows[i]!);
        sum += loss(scores, labels[i]!, slopes);
        for (let k = 0; k < outputs; k++) {
          const coefficient = slopes[k]! / count;
          rowAxpy(train.inputs, rows[i]!, coefficient, out, k * features);
          if (bias) out[weights + k]! += coefficient;
        }
      }
      return sum / count + (l2 > 0 ? (l2 / 2) * squaredNorm(params, weights) : 0);
    },
    score: (params, from, to, tally) => {
      for (let row = from; row < to; row++) {
        const label = test.labels[row]!;
        predict(params, test, row);
        tally.loss += loss(scores, label, slopes);
        if (correct(scores, label)) tally.correct++;
      }
    },
  };
};

/**
 * Plain loops: the readable reference of the SIMD kernels. They read rows where the data set has them; in `memory`, if
 * given, they claim what the SIMD kernels would, so that what a run needs is the same and known without SIMD, and leave it
 * untouched.
 */
export const plainRows = (memory?: Memory): RowKernels => ({
  linear: (model, train, test) => {
    if (memory) claimLinear(memory, model, train, test);
    return linearLoops(model, train, test);
  },
});
