import type { LayerRule } from './layer.js';

/** The rectifier max(0, x), value by value. Its derivative at 0 is taken as 0. */
export const relu =
  (): LayerRule =>
  ({ shape, rows, first, kernels: { memory, networks } }) => {
    const width = shape.reduce((product, size) => product * size, 1);
    const output = memory.float32(rows * width);
    const inputGradient = memory.float32(first ? 0 : rows * width);
    const forward = (_parameters: Float32Array, input: Float32Array, count: number): void =>
      networks.relu.forward(count * width, input, output);
    return {
      shape,
      parameters: 0,
      statistics: 0,
      output,
      inputGradient,
      initial: () => undefined,
      initialStatistics: () => undefined,
      prepare: () => undefined,
      forward,
      predict: forward,
      backward: (_parameters, _input, outputGradient, count) => {
        if (!first) networks.relu.backward(count * width, output, outputGradient, inputGradient);
      },
    };
  };
