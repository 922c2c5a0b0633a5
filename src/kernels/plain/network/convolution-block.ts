import type { Memory } from '../../memory.js';
import type { ConvolutionBlock, ConvolutionShape } from '../../network-kernels.js';
import { addCombination } from './add-combination.js';
import { gatherCornerWinners } from './gather-corner-winners.js';
import { gatherFilterWinners } from './gather-filter-winners.js';
import { gemm } from './gemm.js';
import { reluMaxPool } from './relu-max-pool.js';

/** The sizes of a block. */
const geometryOf = ({ height, width, channels, filters, size }: ConvolutionShape) => {
  const outHeight = height - size + 1;
  const outWidth = width - size + 1;
  const pooledHeight = outHeight >> 1;
  const pooledWidth = outWidth >> 1;
  // A patch of the input: `size` segments, `line` apart.
  const line = width * channels;
  const segment = size * channels;
  const patch = size * segment;
  const inputs = height * line;
  const windows = pooledHeight * pooledWidth;
  const input = { height, width, channels, inputs, line, segment };
  return { filters, size, patch, ...input, outHeight, outWidth, pooledHeight, pooledWidth, windows };
};

type Geometry = ReturnType<typeof geometryOf>;

const claim = ({ filters, outHeight, outWidth, windows }: Geometry, rows: number, memory: Memory) => {
  const most = Math.max(filters, rows * windows);
  return {
    /** The convolution of one row. */
    sums: memory.float32(outHeight * outWidth * filters),
    /** Which corner of its window each output comes from; see `reluMaxPool`. */
    winners: memory.int8(rows * windows * filters),
    offsets: memory.int32(most),
    coefficients: memory.float32(most),
  };
};

type Claimed = ReturnType<typeof claim>;

const convolveAndPool = (
  { filters, size, channels, outHeight, outWidth, windows, inputs, line, segment, patch }: Geometry,
  { sums, winners }: Claimed,
  parameters: Float32Array,
  offset: number,
  input: Float32Array,
  count: number,
  output: Float32Array,
): void => {
  const biases = offset + filters * patch;
  for (let row = 0; row < count; row++) {
    for (let y = 0; y < outHeight; y++) {
      const from = row * inputs + y * line;
      const to = y * outWidth * filters;
      // prettier-ignore
      gemm(outWidth, filters, size, segment, input, from, channels, line, 1, parameters, offset, patch, 1, sums, to, filters);
    }
    reluMaxPool(sums, outHeight, outWidth, filters, parameters, biases, output, winners, row * windows * filters);
  }
};

const writeFilterGradients = (
  { filters, size, height, width, channels, pooledHeight, pooledWidth, line, segment, patch }: Geometry,
  { winners, offsets, coefficients }: Claimed,
  input: Float32Array,
  outputGradient: Float32Array,
  count: number,
  gradient: Float32Array,
  offset: number,
): void => {
  gradient.fill(0, offset, offset + filters * patch);
  for (let filter = 0; filter < filters; filter++) {
    // prettier-ignore
    const active = gatherFilterWinners(
      outputGradient, winners, count, pooledHeight, pooledWidth, filters, filter, height, width, channels, offsets, coefficients,
    );
    let sum = 0;
    for (let j = 0; j < active; j++) sum += coefficients[j]!;
    gradient[offset + filters * patch + filter] = sum;
    const to = offset + filter * patch;
    addCombination(active, offsets, coefficients, size, segment, input, line, gradient, to, segment);
  }
};

const writeInputGradients = (
  { filters, size, channels, pooledHeight, pooledWidth, windows, inputs, line, segment, patch }: Geometry,
  { winners, offsets, coefficients }: Claimed,
  parameters: Float32Array,
  filtersOffset: number,
  outputGradient: Float32Array,
  count: number,
  inputGradient: Float32Array,
): void => {
  inputGradient.fill(0, 0, count * inputs);
  for (let window = 0; window < count * windows; window++) {
    const x = window % pooledWidth;
    const lines = (window - x) / pooledWidth;
    const y = lines % pooledHeight;
    const row = (lines - y) / pooledHeight;
    for (let corner = 0; corner < 4; corner++) {
      // prettier-ignore
      const active = gatherCornerWinners(
        outputGradient, winners, window * filters, filters, corner, filtersOffset, patch, offsets, coefficients,
      );
      const to = row * inputs + (2 * y + (corner >> 1)) * line + (2 * x + (corner & 1)) * channels;
      addCombination(active, offsets, coefficients, size, segment, parameters, segment, inputGradient, to, line);
    }
  }
};

/**
 * A convolution block in plain loops. The three steps are one because at most one in four sums of the convolution survives
 * the pooling: the backward pass goes through the survivors only.
 */
export const plainConvolutionBlock = (shape: ConvolutionShape, memory: Memory): ConvolutionBlock => {
  const geometry = geometryOf(shape);
  const claimed = claim(geometry, shape.rows, memory);
  let filters: Float32Array = new Float32Array(0);
  let filtersOffset = 0;
  return {
    prepare: (parameters, offset) => {
      filters = parameters;
      filtersOffset = offset;
    },
    forward: (rows, input, output) => convolveAndPool(geometry, claimed, filters, filtersOffset, input, rows, output),
    parameterGradient: (rows, input, outputGradient, gradient, offset) =>
      writeFilterGradients(geometry, claimed, input, outputGradient, rows, gradient, offset),
    inputGradient: (rows, parameters, offset, outputGradient, inputGradient) =>
      writeInputGradients(geometry, claimed, parameters, offset, outputGradient, rows, inputGradient),
  };
};
