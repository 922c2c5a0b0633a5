import type { LayerRule } from './layer.js';

/** The rectifier max(0, x), value by value. Its derivative at 0 is taken as 0. */
export const relu =
  (): LayerRule =>
  ({ shape, rows, first }) => {
    const width = shape.reduce((product, size) => product * size, 1);
    const output = new Float32Array(rows * width);
    const inputGradient = new Float32Array(first ? 0 : rows * width);
    const forward = (_parameters: Float32Array, input: Float32Array, count: number): void => {
      // Written so that NaN stays NaN: a diverged model must show.
      for (let k = 0; k < count * width; k++) output[k] = input[k]! <= 0 ? 0 : input[k]!;
    };
    return {
      shape,
      parameters: 0,
      statistics: 0,
      output,
      inputGradient,
      initial: () => undefined,
      initialStatistics: () => undefined,
      forward,
      predict: forward,
      backward: (_parameters, _input, outputGradient, count) => {
        if (first) return;
        for (let k = 0; k < count * width; k++) inputGradient[k] = output[k]! <= 0 ? 0 : outputGradient[k]!;
      },
    };
  };
