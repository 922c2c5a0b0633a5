import type { Memory } from '../memory.js';
import type { NetworkKernels } from '../network-kernels.js';
import { plainBatchNorm } from './network/batch-norm.js';
import { plainConvolutionBlock } from './network/convolution-block.js';
import { plainCrossEntropy } from './network/cross-entropy.js';
import { plainDense } from './network/dense.js';
import { plainRelu } from './network/relu.js';

/** It keeps nothing from call to call but scratch memory, which each call fills for itself: one does for all. */
const crossEntropy = plainCrossEntropy();

/** The layers in plain loops, sums in float64: the readable reference of the SIMD kernels. */
export const plainNetworks = (memory: Memory): NetworkKernels => ({
  holds: (vector): vector is Float32Array => vector instanceof Float32Array,
  convolutionBlock: (shape) => plainConvolutionBlock(shape, memory),
  dense: plainDense,
  batchNorm: plainBatchNorm,
  relu: plainRelu,
  crossEntropy,
});
