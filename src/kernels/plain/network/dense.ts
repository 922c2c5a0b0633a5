import type { DenseKernels } from '../../network-kernels.js';
import { addToRows } from './add-to-rows.js';
import { gemm } from './gemm.js';
import { sumColumns } from './sum-columns.js';

/** Dense layers as products of matrices. */
export const plainDense: DenseKernels = {
  forward: (rows, inputs, width, input, parameters, offset, output) => {
    gemm(rows, width, 1, inputs, input, 0, inputs, 0, 1, parameters, offset, inputs, 1, output, 0, width);
    addToRows(rows, width, parameters, offset + width * inputs, output);
  },
  parameterGradient: (rows, inputs, width, input, outputGradient, gradient, offset) => {
    gemm(width, inputs, 1, rows, outputGradient, 0, 1, 0, width, input, 0, 1, inputs, gradient, offset, inputs);
    sumColumns(rows, width, outputGradient, gradient, offset + width * inputs);
  },
  inputGradient: (rows, inputs, width, parameters, offset, outputGradient, inputGradient) =>
    // prettier-ignore
    gemm(rows, inputs, 1, width, outputGradient, 0, width, 0, 1, parameters, offset, 1, inputs, inputGradient, 0, inputs),
};
