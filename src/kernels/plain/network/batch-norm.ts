import type { BatchNormKernels } from '../../network-kernels.js';
import { normalizeColumnsBackward } from './normalize-columns-backward.js';
import { normalizeColumns } from './normalize-columns.js';

/** Keeps the deviation of a constant feature away from 0. */
const epsilon = 1e-5;

/** output = γ·(input − mean)/√(variance + ε) + β. */
export const plainBatchNorm: BatchNormKernels = {
  forward: (rows, width, input, parameters, offset, moments, normalized, output) => {
    normalizeColumns(rows, width, input, epsilon, moments, normalized);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < width; j++) {
        const at = i * width + j;
        output[at] = parameters[offset + j]! * normalized[at]! + parameters[offset + width + j]!;
      }
    }
  },
  predict: (rows, width, input, parameters, offset, moments, output) => {
    for (let j = 0; j < width; j++) {
      const mean = moments[j]!;
      const scale = parameters[offset + j]! / Math.sqrt(moments[width + j]! + epsilon);
      const beta = parameters[offset + width + j]!;
      for (let i = 0; i < rows; i++) output[i * width + j] = scale * (input[i * width + j]! - mean) + beta;
    }
  },
  backward: (rows, width, normalized, moments, parameters, offset, outputGradient, gradient, inputGradient) =>
    // prettier-ignore
    normalizeColumnsBackward(rows, width, outputGradient, normalized, moments, epsilon, parameters, offset, gradient, inputGradient),
};
