import type { LayerRule } from './layer.js';
import { uniformInitial } from './uniform-initial.js';

/**
 * Convolution with `filters` filters of `size` x `size` (stride 1, no padding), rectifier, 2 x 2 max pooling (stride 2, an
 * odd edge left out). Parameters: filters as [filters][size][size][channels], then biases.
 * The three are one layer because at most one in four sums of the convolution survives the pooling: the backward pass goes
 * through the survivors only.
 */
export const convolutionBlock =
  (filters: number, size: number): LayerRule =>
  ({ shape, rows, offset, first, kernels: { memory, networks } }) => {
    const [height = 1, width = 1, channels = 1] = shape;
    const pooledHeight = (height - size + 1) >> 1;
    const pooledWidth = (width - size + 1) >> 1;
    const patch = size * size * channels;
    const parameterCount = filters * patch + filters;
    const block = networks.convolutionBlock({ rows, height, width, channels, filters, size });
    const output = memory.float32(rows * pooledHeight * pooledWidth * filters);
    const inputGradient = memory.float32(first ? 0 : rows * height * width * channels);
    const forward = (_parameters: Float32Array, input: Float32Array, count: number): void =>
      block.forward(count, input, output);
    return {
      shape: [pooledHeight, pooledWidth, filters],
      parameters: parameterCount,
      statistics: 0,
      output,
      inputGradient,
      initial: (random, out) => uniformInitial(random, out, offset, parameterCount, patch),
      initialStatistics: () => undefined,
      prepare: (parameters) => block.prepare(parameters, offset),
      forward,
      predict: forward,
      backward: (parameters, input, outputGradient, count, gradient) => {
        block.parameterGradient(count, input, outputGradient, gradient, offset);
        if (!first) block.inputGradient(count, parameters, offset, outputGradient, inputGradient);
      },
    };
  };
