import { plainKernels, simd, type Kernels } from '../../src/kernels/index.js';

const source = await simd();

/** Kernels of both kinds, each with memory of its own. Fails where SIMD is missing. */
export const bothKernels = (bytes = 1 << 24): { readonly plain: Kernels; readonly simd: Kernels } => {
  if (!source) throw new Error('this Node has no WebAssembly SIMD');
  return { plain: plainKernels(), simd: source.create(bytes) };
};
