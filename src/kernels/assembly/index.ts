export * from './vectors/bisected-median';
export * from './vectors/combine';
export * from './vectors/difference-product';
export * from './vectors/finite';
export * from './vectors/mix';
export * from './vectors/pairwise-distances';
export * from './vectors/scaled-sums';
export * from './vectors/sorted-means';
export * from './vectors/sorted-median';
export * from './vectors/squared-distance';
export * from './vectors/squared-norm';
export * from './vectors/weighted-median';
export * from './rows/gradients';
export * from './rows/scores';

/** The first byte of memory that is free: what lies before are the kernels' own constants. */
export function firstFree(): usize {
  return __heap_base;
}
