import type { ReluKernels } from '../../network-kernels.js';

/** The rectifier, number by number. */
export const plainRelu: ReluKernels = {
  forward: (count, input, output) => {
    // Written so that NaN stays NaN.
    for (let k = 0; k < count; k++) output[k] = input[k]! <= 0 ? 0 : input[k]!;
  },
  backward: (count, output, outputGradient, inputGradient) => {
    for (let k = 0; k < count; k++) inputGradient[k] = output[k]! <= 0 ? 0 : outputGradient[k]!;
  },
};
