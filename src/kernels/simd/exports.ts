import type { RowExports } from './row-exports.js';

/** What the compiled kernels offer; see src/kernels/assembly. Addresses are bytes from the start of memory. */
export interface KernelExports extends RowExports {
  /** The first byte that the kernels leave to others. */
  firstFree(): number;
  squaredNorm32(x: number, count: number): number;
}
