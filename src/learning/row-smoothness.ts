import { linearLosses } from '../kernels/plain/linear-losses.js';
import type { LinearModel } from '../kernels/row-kernels.js';
import type { Examples, Rows } from './dataset.js';

/** ‖row `row` of `inputs`‖². */
const squaredLength = (inputs: Rows, row: number): number => {
  const { values } = inputs;
  const from = inputs.kind === 'sparse' ? inputs.starts[row]! : row * inputs.features;
  const to = inputs.kind === 'sparse' ? inputs.starts[row + 1]! : from + inputs.features;
  let sum = 0;
  for (let entry = from; entry < to; entry++) sum += values[entry]! * values[entry]!;
  return sum;
};

/**
 * L of the losses of single rows x of a linear model: their second derivative is H(s) ⊗ xxᵀ with H that of the loss in the scores
 * s, so that L = c·max‖x‖² + l2 with c the largest eigenvalue of any H(s): ¼ logistic, ½ softmax, 1 squared. A bias makes x one
 * entry longer, a 1. Reads the rows at the first call.
 */
export const rowSmoothness = ({ loss, bias, l2 }: LinearModel, { count, inputs }: Examples): (() => number) => {
  let known: number | undefined;
  return () => {
    if (known !== undefined) return known;
    let longest = 0;
    for (let row = 0; row < count; row++) longest = Math.max(longest, squaredLength(inputs, row));
    known = linearLosses[loss].curvature * (longest + (bias ? 1 : 0)) + l2;
    return known;
  };
};
