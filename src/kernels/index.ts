export type { Kernels, KernelKind, KernelSource } from './kernels.js';
export type { Memory } from './memory.js';
export type { ConvolutionBlock, ConvolutionShape, NetworkKernels } from './network-kernels.js';
export { plain, plainKernels } from './plain/plain-kernels.js';
export { simd } from './simd/simd-kernels.js';
export type { ColumnMean, VectorKernels, VectorShape, WeightedMedian, WeightedVectors } from './vector-kernels.js';
export type { LinearLoops, LinearLoss, LinearModel, RowKernels, Tally } from './row-kernels.js';
