import { normalizeColumnsBackward } from '../kernels/normalize-columns-backward.js';
import { normalizeColumns } from '../kernels/normalize-columns.js';
import type { LayerRule } from './layer.js';

/** Keeps the deviation of a constant feature away from 0. */
const epsilon = 1e-5;

/**
 * Batch normalisation of a vector's features: y = γ·(x − mean)/√(variance + 1e-5) + β. In training, mean and biased variance
 * are those of the batch (at least 2 rows) and the running ones move by a tenth towards them, the variance unbiased; in
 * evaluation the running ones are used. Parameters: γ, then β; statistics: means, then variances.
 * Ioffe & Szegedy 2015, Algorithms 1 and 2; constants as in PyTorch.
 */
export const batchNorm =
  (): LayerRule =>
  ({ shape, rows, offset, statisticsOffset }) => {
    const width = shape.reduce((product, size) => product * size, 1);
    const betaOffset = offset + width;
    const varianceOffset = statisticsOffset + width;
    const output = new Float32Array(rows * width);
    const inputGradient = new Float32Array(rows * width);
    const normalized = new Float32Array(rows * width);
    const means = new Float64Array(width);
    const variances = new Float64Array(width);
    const scale = (parameters: Float32Array, count: number): void => {
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < width; j++) {
          output[i * width + j] = parameters[offset + j]! * normalized[i * width + j]! + parameters[betaOffset + j]!;
        }
      }
    };
    return {
      shape,
      parameters: 2 * width,
      statistics: 2 * width,
      output,
      inputGradient,
      initial: (_random, out) => {
        out.fill(1, offset, betaOffset);
        out.fill(0, betaOffset, betaOffset + width);
      },
      initialStatistics: (out) => {
        out.fill(0, statisticsOffset, varianceOffset);
        out.fill(1, varianceOffset, varianceOffset + width);
      },
      forward: (parameters, input, count, seen) => {
        normalizeColumns(count, width, input, epsilon, means, variances, normalized);
        scale(parameters, count);
        if (!seen) return;
        const unbiased = count / (count - 1);
        for (let j = 0; j < width; j++) {
          seen[statisticsOffset + j] = means[j]!;
          seen[varianceOffset + j] = unbiased * variances[j]!;
        }
      },
      predict: (parameters, input, count, statistics) => {
        for (let j = 0; j < width; j++) {
          const mean = statistics[statisticsOffset + j]!;
          const inverse = 1 / Math.sqrt(statistics[varianceOffset + j]! + epsilon);
          for (let i = 0; i < count; i++) normalized[i * width + j] = (input[i * width + j]! - mean) * inverse;
        }
        scale(parameters, count);
      },
      backward: (parameters, _input, outputGradient, count, gradient) =>
        // prettier-ignore
        normalizeColumnsBackward(count, width, outputGradient, normalized, variances, epsilon, parameters, offset, gradient, inputGradient),
    };
  };
