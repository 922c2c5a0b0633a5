import { addCombination } from '../kernels/add-combination.js';
import { gatherCornerWinners } from '../kernels/gather-corner-winners.js';
import { gatherFilterWinners } from '../kernels/gather-filter-winners.js';
import { gemm } from '../kernels/gemm.js';
import { reluMaxPool } from '../kernels/relu-max-pool.js';
import type { Layer, LayerRule } from './layer.js';
import { uniformInitial } from './uniform-initial.js';

/**
 * Convolution with `filters` filters of `size` x `size` (stride 1, no padding), rectifier, 2 x 2 max pooling (stride 2, an
 * odd edge left out). Parameters: filters as [filters][size][size][channels], then biases.
 * The three are one layer because at most one in four sums of the convolution survives the pooling: the backward pass goes
 * through the survivors only.
 */
export const convolutionBlock =
  (filters: number, size: number): LayerRule =>
  ({ shape, rows, offset, first }) => {
    const [height = 1, width = 1, channels = 1] = shape;
    const outHeight = height - size + 1;
    const outWidth = width - size + 1;
    const pooledHeight = outHeight >> 1;
    const pooledWidth = outWidth >> 1;
    const inputs = height * width * channels;
    const outputs = pooledHeight * pooledWidth * filters;
    // A patch of the input: `size` segments, `line` apart.
    const line = width * channels;
    const segment = size * channels;
    const patch = size * segment;
    const biasOffset = offset + filters * patch;

    const sums = new Float32Array(outHeight * outWidth * filters);
    const output = new Float32Array(rows * outputs);
    const winners = new Int8Array(rows * outputs);
    const inputGradient = new Float32Array(first ? 0 : rows * inputs);
    const most = Math.max(filters, rows * pooledHeight * pooledWidth);
    const offsets = new Int32Array(most);
    const coefficients = new Float32Array(most);

    const forward = (parameters: Float32Array, input: Float32Array, count: number): void => {
      for (let row = 0; row < count; row++) {
        for (let y = 0; y < outHeight; y++) {
          const from = row * inputs + y * line;
          const to = y * outWidth * filters;
          // prettier-ignore
          gemm(outWidth, filters, size, segment, input, from, channels, line, 1, parameters, offset, patch, 1, sums, to, filters);
        }
        reluMaxPool(sums, outHeight, outWidth, filters, parameters, biasOffset, output, winners, row * outputs);
      }
    };

    const filterGradients = (
      input: Float32Array,
      outputGradient: Float32Array,
      count: number,
      gradient: Float32Array,
    ) => {
      for (let filter = 0; filter < filters; filter++) {
        // prettier-ignore
        const active = gatherFilterWinners(
          outputGradient, winners, count, pooledHeight, pooledWidth, filters, filter, height, width, channels, offsets, coefficients,
        );
        let sum = 0;
        for (let j = 0; j < active; j++) sum += coefficients[j]!;
        gradient[biasOffset + filter] = sum;
        const to = offset + filter * patch;
        addCombination(active, offsets, coefficients, size, segment, input, line, gradient, to, segment);
      }
    };

    const inputGradients = (parameters: Float32Array, outputGradient: Float32Array, count: number): void => {
      inputGradient.fill(0, 0, count * inputs);
      for (let window = 0; window < count * pooledHeight * pooledWidth; window++) {
        const x = window % pooledWidth;
        const lines = (window - x) / pooledWidth;
        const y = lines % pooledHeight;
        const row = (lines - y) / pooledHeight;
        for (let corner = 0; corner < 4; corner++) {
          // prettier-ignore
          const active = gatherCornerWinners(
            outputGradient, winners, window * filters, filters, corner, offset, patch, offsets, coefficients,
          );
          const to = row * inputs + (2 * y + (corner >> 1)) * line + (2 * x + (corner & 1)) * channels;
          addCombination(active, offsets, coefficients, size, segment, parameters, segment, inputGradient, to, line);
        }
      }
    };

    const backward: Layer['backward'] = (parameters, input, outputGradient, count, gradient) => {
      filterGradients(input, outputGradient, count, gradient);
      if (!first) inputGradients(parameters, outputGradient, count);
    };

    return {
      shape: [pooledHeight, pooledWidth, filters],
      parameters: filters * patch + filters,
      statistics: 0,
      output,
      inputGradient,
      initial: (random, out) => uniformInitial(random, out, offset, filters * patch + filters, patch),
      initialStatistics: () => undefined,
      forward,
      predict: forward,
      backward,
    };
  };
