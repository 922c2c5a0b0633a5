import { addToRows } from '../kernels/add-to-rows.js';
import { gemm } from '../kernels/gemm.js';
import { sumColumns } from '../kernels/sum-columns.js';
import type { LayerRule } from './layer.js';
import { uniformInitial } from './uniform-initial.js';

/**
 * Every output sees every input: y = W·x + b with `width` outputs. Parameters: W as [width][inputs], then b. An image
 * counts as the vector of its values in storage order.
 */
export const dense =
  (width: number): LayerRule =>
  ({ shape, rows, offset, first }) => {
    const inputs = shape.reduce((product, size) => product * size, 1);
    const biasOffset = offset + width * inputs;
    const output = new Float32Array(rows * width);
    const inputGradient = new Float32Array(first ? 0 : rows * inputs);
    const forward = (parameters: Float32Array, input: Float32Array, count: number): void => {
      gemm(count, width, 1, inputs, input, 0, inputs, 0, 1, parameters, offset, inputs, 1, output, 0, width);
      addToRows(count, width, parameters, biasOffset, output);
    };
    return {
      shape: [width],
      parameters: width * inputs + width,
      statistics: 0,
      output,
      inputGradient,
      initial: (random, out) => uniformInitial(random, out, offset, width * inputs + width, inputs),
      initialStatistics: () => undefined,
      forward,
      predict: forward,
      backward: (parameters, input, outputGradient, count, gradient) => {
        gemm(width, inputs, 1, count, outputGradient, 0, 1, 0, width, input, 0, 1, inputs, gradient, offset, inputs);
        sumColumns(count, width, outputGradient, gradient, biasOffset);
        if (first) return;
        // prettier-ignore
        gemm(count, inputs, 1, width, outputGradient, 0, width, 0, 1, parameters, offset, 1, inputs, inputGradient, 0, inputs);
      },
    };
  };
