import type { LayerRule } from './layer.js';

/**
 * Batch normalisation of a vector's features: y = γ·(x − mean)/√(variance + 1e-5) + β. In training, mean and biased variance
 * are those of the batch (at least 2 rows) and the running ones move by a tenth towards them, the variance unbiased; in
 * evaluation the running ones are used. Parameters: γ, then β; statistics: means, then variances.
 * Ioffe & Szegedy 2015, Algorithms 1 and 2; constants as in PyTorch.
 */
export const batchNorm =
  (): LayerRule =>
  ({ shape, rows, offset, statisticsOffset, kernels: { memory, networks } }) => {
    const width = shape.reduce((product, size) => product * size, 1);
    const betaOffset = offset + width;
    const varianceOffset = statisticsOffset + width;
    const output = memory.float32(rows * width);
    const inputGradient = memory.float32(rows * width);
    const normalized = memory.float32(rows * width);
    const moments = memory.float64(2 * width);
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
      prepare: () => undefined,
      forward: (parameters, input, count, seen) => {
        networks.batchNorm.forward(count, width, input, parameters, offset, moments, normalized, output);
        if (!seen) return;
        const unbiased = count / (count - 1);
        for (let j = 0; j < width; j++) {
          seen[statisticsOffset + j] = moments[j]!;
          seen[varianceOffset + j] = unbiased * moments[width + j]!;
        }
      },
      predict: (parameters, input, count, statistics) => {
        for (let j = 0; j < 2 * width; j++) moments[j] = statistics[statisticsOffset + j]!;
        networks.batchNorm.predict(count, width, input, parameters, offset, moments, output);
      },
      backward: (parameters, _input, outputGradient, count, gradient) =>
        // prettier-ignore
        networks.batchNorm.backward(count, width, normalized, moments, parameters, offset, outputGradient, gradient, inputGradient),
    };
  };
