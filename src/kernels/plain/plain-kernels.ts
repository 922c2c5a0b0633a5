import type { Kernels, KernelSource } from '../kernels.js';
import { heapMemory } from '../memory.js';
import { plainRows } from './linear-rows.js';
import { plainNetworks } from './networks.js';
import { plainVectors } from './vectors.js';

/** They keep nothing from call to call but scratch memory, which each call fills for itself: one set does for all. */
const vectors = plainVectors();

/** Kernels that are plain loops, on memory that grows with what is claimed. */
export const plainKernels = (): Kernels => {
  const memory = heapMemory();
  const networks = plainNetworks(memory);
  return { kind: 'plain', memory, vectors, rows: plainRows(memory), networks };
};

/** Plain loops for any run. */
export const plain: KernelSource = { kind: 'plain', limit: Infinity, create: plainKernels };
