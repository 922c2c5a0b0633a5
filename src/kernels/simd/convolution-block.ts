import type { Memory } from '../memory.js';
import type { ConvolutionBlock, ConvolutionShape } from '../network-kernels.js';
import type { KernelExports } from './exports.js';

/** From this many channels on, Winograd's form of 5 x 5 filters is worth its rounding; at 3 it isn't twice as fast yet. */
const WINOGRAD_CHANNELS = 4;

/** The forward pass of a block, by filters that were prepared for it. */
type Convolution = Pick<ConvolutionBlock, 'prepare'> & {
  readonly forward: (rows: number, input: number, output: number, winners: number) => void;
};

const direct = (
  kernels: KernelExports,
  { height, width, channels, filters, size }: ConvolutionShape,
  memory: Memory,
): Convolution => {
  const patch = size * size * channels;
  const packed = memory.float32(kernels.packedFilterBytes(filters, patch) / 4).byteOffset;
  return {
    prepare: (parameters, offset) => {
      const weights = parameters.byteOffset + 4 * offset;
      kernels.packFilters(filters, patch, weights, weights + 4 * filters * patch, packed);
    },
    forward: (rows, input, output, winners) =>
      void kernels.convolveAndPool(rows, height, width, channels, filters, size, input, packed, output, winners),
  };
};

const winograd = (
  kernels: KernelExports,
  { height, width, channels, filters, size }: ConvolutionShape,
  memory: Memory,
): Convolution => {
  const patch = size * size * channels;
  const packed = memory.float32(kernels.packedWinogradBytes(filters, channels) / 4).byteOffset;
  const scratch = memory.float32(kernels.winogradScratchBytes(channels) / 4).byteOffset;
  return {
    prepare: (parameters, offset) => {
      const weights = parameters.byteOffset + 4 * offset;
      kernels.packWinogradFilters(filters, channels, weights, weights + 4 * filters * patch, packed, scratch);
    },
    forward: (rows, input, output, winners) => {
      // prettier-ignore
      kernels.convolveAndPoolWinograd(
        rows, height, width, channels, filters, input, packed, output, winners, scratch,
      );
    },
  };
};

/** A convolution block in SIMD: in Winograd's form where that pays, and directly otherwise. */
export const simdConvolutionBlock = (
  kernels: KernelExports,
  shape: ConvolutionShape,
  memory: Memory,
): ConvolutionBlock => {
  const { height, width, channels, filters, size } = shape;
  const windows = ((height - size + 1) >> 1) * ((width - size + 1) >> 1);
  const winners = memory.int8(shape.rows * windows * filters).byteOffset;
  const scratchBytes = Math.max(
    kernels.filterGradientScratchBytes(height, width, channels, filters, size),
    kernels.inputGradientScratchBytes(height, filters, size),
  );
  const scratch = memory.int32(scratchBytes / 4).byteOffset;
  const form = size === 5 && channels >= WINOGRAD_CHANNELS ? winograd : direct;
  const { prepare, forward } = form(kernels, shape, memory);
  const biases = 4 * filters * size * size * channels;
  return {
    prepare,
    forward: (rows, input, output) => forward(rows, input.byteOffset, output.byteOffset, winners),
    parameterGradient: (rows, input, outputGradient, gradient, offset) => {
      const [from, to] = [outputGradient.byteOffset, gradient.byteOffset + 4 * offset];
      const x = input.byteOffset;
      // prettier-ignore
      kernels.filterGradient(
        rows, height, width, channels, filters, size, x, winners, from, to, to + biases, scratch,
      );
    },
    inputGradient: (rows, parameters, offset, outputGradient, inputGradient) => {
      const weights = parameters.byteOffset + 4 * offset;
      const [from, to] = [outputGradient.byteOffset, inputGradient.byteOffset];
      // prettier-ignore
      kernels.convolutionInputGradient(
        rows, height, width, channels, filters, size, weights, winners, from, to, scratch,
      );
    },
  };
};
