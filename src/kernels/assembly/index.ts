export * from './vectors/squared-norm';
export * from './rows/gradients';
export * from './rows/scores';

/** The first byte of memory that is free: what lies before are the kernels' own constants. */
export function firstFree(): usize {
  return __heap_base;
}
