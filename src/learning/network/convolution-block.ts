import { addCombination } from '../kernels/add-combination.js';
import { gatherCornerWinners } from '../kernels/gather-corner-winners.js';
import { gatherFilterWinners } from '../kernels/gather-filter-winners.js';
import { gemm } from '../kernels/gemm.js';
import { reluMaxPool } from '../kernels/relu-max-pool.js';
import type { LayerRule, Site } from './layer.js';
import { uniformInitial } from './uniform-initial.js';

/** The sizes of a block, and where its parameters are. */
const geometryOf = (filters: number, size: number, { shape, offset }: Site) => {
  const [height = 1, width = 1, channels = 1] = shape;
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
  const biasOffset = offset + filters * patch;
  const input = { height, width, channels, inputs, line, segment };
  const result = { outHeight, outWidth, pooledHeight, pooledWidth, windows };
  return { filters, size, patch, offset, biasOffset, ...input, ...result };
};

type Geometry = ReturnType<typeof geometryOf>;

const claimMemory = ({ filters, outHeight, outWidth, windows, inputs }: Geometry, { rows, first }: Site) => {
  const most = Math.max(filters, rows * windows);
  return {
    /** The convolution of one row. */
    sums: new Float32Array(outHeight * outWidth * filters),
    output: new Float32Array(rows * windows * filters),
    /** Which corner of its window each output comes from; see `reluMaxPool`. */
    winners: new Int8Array(rows * windows * filters),
    inputGradient: new Float32Array(first ? 0 : rows * inputs),
    offsets: new Int32Array(most),
    coefficients: new Float32Array(most),
  };
};

type Memory = ReturnType<typeof claimMemory>;

const convolveAndPool = (
  geometry: Geometry,
  memory: Memory,
  parameters: Float32Array,
  input: Float32Array,
  count: number,
): void => {
  const { filters, size, channels, outHeight, outWidth, windows, inputs, line, segment, patch, offset, biasOffset } =
    geometry;
  const { sums, output, winners } = memory;
  for (let row = 0; row < count; row++) {
    for (let y = 0; y < outHeight; y++) {
      const from = row * inputs + y * line;
      const to = y * outWidth * filters;
      // prettier-ignore
      gemm(outWidth, filters, size, segment, input, from, channels, line, 1, parameters, offset, patch, 1, sums, to, filters);
    }
    reluMaxPool(sums, outHeight, outWidth, filters, parameters, biasOffset, output, winners, row * windows * filters);
  }
};

/** Writes the gradients of filters and biases to `gradient`, which holds zeros there. */
const writeFilterGradients = (
  geometry: Geometry,
  { winners, offsets, coefficients }: Memory,
  input: Float32Array,
  outputGradient: Float32Array,
  count: number,
  gradient: Float32Array,
): void => {
  const { filters, size, height, width, channels, pooledHeight, pooledWidth, line, segment, patch } = geometry;
  for (let filter = 0; filter < filters; filter++) {
    // prettier-ignore
    const active = gatherFilterWinners(
      outputGradient, winners, count, pooledHeight, pooledWidth, filters, filter, height, width, channels, offsets, coefficients,
    );
    let sum = 0;
    for (let j = 0; j < active; j++) sum += coefficients[j]!;
    gradient[geometry.biasOffset + filter] = sum;
    const to = geometry.offset + filter * patch;
    addCombination(active, offsets, coefficients, size, segment, input, line, gradient, to, segment);
  }
};

const writeInputGradients = (
  { filters, size, channels, pooledHeight, pooledWidth, windows, inputs, line, segment, patch, offset }: Geometry,
  { winners, inputGradient, offsets, coefficients }: Memory,
  parameters: Float32Array,
  outputGradient: Float32Array,
  count: number,
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
        outputGradient, winners, window * filters, filters, corner, offset, patch, offsets, coefficients,
      );
      const to = row * inputs + (2 * y + (corner >> 1)) * line + (2 * x + (corner & 1)) * channels;
      addCombination(active, offsets, coefficients, size, segment, parameters, segment, inputGradient, to, line);
    }
  }
};

/**
 * Convolution with `filters` filters of `size` x `size` (stride 1, no padding), rectifier, 2 x 2 max pooling (stride 2, an
 * odd edge left out). Parameters: filters as [filters][size][size][channels], then biases.
 * The three are one layer because at most one in four sums of the convolution survives the pooling: the backward pass goes
 * through the survivors only.
 */
export const convolutionBlock =
  (filters: number, size: number): LayerRule =>
  (site) => {
    const geometry = geometryOf(filters, size, site);
    const memory = claimMemory(geometry, site);
    const { pooledHeight, pooledWidth, patch } = geometry;
    const parameterCount = filters * patch + filters;
    const forward = (parameters: Float32Array, input: Float32Array, count: number): void =>
      convolveAndPool(geometry, memory, parameters, input, count);
    return {
      shape: [pooledHeight, pooledWidth, filters],
      parameters: parameterCount,
      statistics: 0,
      output: memory.output,
      inputGradient: memory.inputGradient,
      initial: (random, out) => uniformInitial(random, out, site.offset, parameterCount, patch),
      initialStatistics: () => undefined,
      forward,
      predict: forward,
      backward: (parameters, input, outputGradient, count, gradient) => {
        writeFilterGradients(geometry, memory, input, outputGradient, count, gradient);
        if (!site.first) writeInputGradients(geometry, memory, parameters, outputGradient, count);
      },
    };
  };
