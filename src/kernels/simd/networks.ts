import type { Memory } from '../memory.js';
import type { BatchNormKernels, CrossEntropyKernels, DenseKernels, NetworkKernels } from '../network-kernels.js';
import { simdConvolutionBlock } from './convolution-block.js';
import type { KernelExports } from './exports.js';

/** Where the number at `offset` is. */
const at = (vector: Float32Array, offset: number): number => vector.byteOffset + 4 * offset;

const dense = (kernels: KernelExports): DenseKernels => ({
  forward: (rows, inputs, width, input, parameters, offset, output) => {
    const weights = at(parameters, offset);
    const biases = weights + 4 * width * inputs;
    kernels.dense(rows, inputs, width, input.byteOffset, weights, biases, output.byteOffset);
  },
  parameterGradient: (rows, inputs, width, input, outputGradient, gradient, offset) => {
    const weights = at(gradient, offset);
    const biases = weights + 4 * width * inputs;
    const from = outputGradient.byteOffset;
    kernels.denseParameterGradient(rows, inputs, width, input.byteOffset, from, weights, biases);
  },
  inputGradient: (rows, inputs, width, parameters, offset, outputGradient, inputGradient) => {
    const from = outputGradient.byteOffset;
    kernels.denseInputGradient(rows, inputs, width, at(parameters, offset), from, inputGradient.byteOffset);
  },
});

const batchNorm = (kernels: KernelExports): BatchNormKernels => ({
  forward: (rows, width, input, parameters, offset, moments, normalized, output) => {
    const gammas = at(parameters, offset);
    const [to, kept] = [output.byteOffset, normalized.byteOffset];
    kernels.batchNorm(rows, width, input.byteOffset, gammas, kept, to, moments.byteOffset);
  },
  predict: (rows, width, input, parameters, offset, moments, output) => {
    const gammas = at(parameters, offset);
    kernels.batchNormPredict(rows, width, input.byteOffset, gammas, moments.byteOffset, output.byteOffset);
  },
  backward: (rows, width, normalized, moments, parameters, offset, outputGradient, gradient, inputGradient) => {
    const gammas = at(parameters, offset);
    const [kept, from] = [normalized.byteOffset, outputGradient.byteOffset];
    const [to, toInput] = [at(gradient, offset), inputGradient.byteOffset];
    kernels.batchNormBackward(rows, width, kept, moments.byteOffset, gammas, from, to, toInput);
  },
});

const crossEntropy = (kernels: KernelExports, memory: Memory): CrossEntropyKernels => {
  let scratch: Float64Array = new Float64Array(0);
  return {
    gradient: (rows, classes, logits, labels, gradient) => {
      if (scratch.length <= classes) scratch = memory.float64(classes + 1);
      const [from, to] = [logits.byteOffset, gradient.byteOffset];
      return kernels.crossEntropy(rows, classes, from, labels.byteOffset, to, scratch.byteOffset);
    },
    total: (rows, classes, logits, labels) =>
      kernels.totalCrossEntropy(rows, classes, logits.byteOffset, labels.byteOffset),
    correct: (rows, classes, logits, labels) =>
      kernels.countCorrect(rows, classes, logits.byteOffset, labels.byteOffset),
  };
};

/** The layers in SIMD, on arrays in `memory`, which are views on `buffer`. */
export const simdNetworks = (kernels: KernelExports, memory: Memory, buffer: ArrayBuffer): NetworkKernels => ({
  holds: (vector): vector is Float32Array => vector instanceof Float32Array && vector.buffer === buffer,
  convolutionBlock: (shape) => simdConvolutionBlock(kernels, shape, memory),
  dense: dense(kernels),
  batchNorm: batchNorm(kernels),
  relu: {
    forward: (count, input, output) => void kernels.relu(count, input.byteOffset, output.byteOffset),
    backward: (count, output, outputGradient, inputGradient) =>
      void kernels.reluBackward(count, output.byteOffset, outputGradient.byteOffset, inputGradient.byteOffset),
  },
  crossEntropy: crossEntropy(kernels, memory),
});
