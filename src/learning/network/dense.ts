import type { LayerRule } from './layer.js';
import { uniformInitial } from './uniform-initial.js';

/**
 * Every output sees every input: y = W·x + b with `width` outputs. Parameters: W as [width][inputs], then b. An image
 * counts as the vector of its values in storage order.
 */
export const dense =
  (width: number): LayerRule =>
  ({ shape, rows, offset, first, kernels: { memory, networks } }) => {
    const inputs = shape.reduce((product, size) => product * size, 1);
    const output = memory.float32(rows * width);
    const inputGradient = memory.float32(first ? 0 : rows * inputs);
    const forward = (parameters: Float32Array, input: Float32Array, count: number): void =>
      networks.dense.forward(count, inputs, width, input, parameters, offset, output);
    return {
      shape: [width],
      parameters: width * inputs + width,
      statistics: 0,
      output,
      inputGradient,
      initial: (random, out) => uniformInitial(random, out, offset, width * inputs + width, inputs),
      initialStatistics: () => undefined,
      prepare: () => undefined,
      forward,
      predict: forward,
      backward: (parameters, input, outputGradient, count, gradient) => {
        networks.dense.parameterGradient(count, inputs, width, input, outputGradient, gradient, offset);
        if (first) return;
        networks.dense.inputGradient(count, inputs, width, parameters, offset, outputGradient, inputGradient);
      },
    };
  };
