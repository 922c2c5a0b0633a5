import type { Memory } from '../memory.js';
import type { VectorKernels } from '../vector-kernels.js';
import type { KernelExports } from './exports.js';

/** The SIMD kernels on vectors in `buffer`, and `plain` on those that are elsewhere. */
export const simdVectors = (
  kernels: KernelExports,
  _memory: Memory,
  buffer: ArrayBuffer,
  plain: VectorKernels,
): VectorKernels => ({
  ...plain,
  squaredNorm: (x, count = x.length) =>
    x instanceof Float32Array && x.buffer === buffer
      ? kernels.squaredNorm32(x.byteOffset, count)
      : plain.squaredNorm(x, count),
});
