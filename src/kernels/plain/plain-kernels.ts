import type { Kernels, KernelSource } from '../kernels.js';
import { heapMemory } from '../memory.js';
import { plainVectors } from './vectors.js';

/** Kernels that are plain loops, on memory that grows with what is claimed. */
export const plainKernels = (): Kernels => ({ kind: 'plain', memory: heapMemory(), vectors: plainVectors() });

/** Plain loops for any run. */
export const plain: KernelSource = { kind: 'plain', limit: Infinity, create: plainKernels };
