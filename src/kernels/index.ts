export type { Kernels, KernelKind, KernelSource } from './kernels.js';
export type { Memory } from './memory.js';
export type { ConvolutionBlock, ConvolutionShape, NetworkKernels } from './network-kernels.js';
export { plain, plainKernels } from './plain/plain-kernels.js';
export { simd } from './simd/simd-kernels.js';
export type { VectorKernels } from './vector-kernels.js';
