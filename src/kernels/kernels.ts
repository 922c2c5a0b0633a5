import type { Memory } from './memory.js';
import type { RowKernels } from './row-kernels.js';
import type { NetworkKernels } from './network-kernels.js';
import type { VectorKernels } from './vector-kernels.js';

/** WebAssembly with 128-bit SIMD, or plain loops: the reference, and for where SIMD is missing. */
export type KernelKind = 'simd' | 'plain';

/** A run's memory and the loops that work on it. */
export interface Kernels {
  readonly kind: KernelKind;
  readonly memory: Memory;
  readonly vectors: VectorKernels;
  readonly rows: RowKernels;
  readonly networks: NetworkKernels;
}

/** Makes the kernels of one run, whose arrays take at most `bytes`. */
export interface KernelSource {
  readonly kind: KernelKind;
  /** The most bytes that `create` takes. */
  readonly limit: number;
  readonly create: (bytes: number) => Kernels;
}
