import type { Random } from '../../random/random.js';
import type { Vector } from '../../kernels/vector.js';

/** Fills out[offset .. offset + count) uniformly from ±1/√fanIn, the default of PyTorch's linear and convolution layers for weights and biases alike. */
export const uniformInitial = (random: Random, out: Vector, offset: number, count: number, fanIn: number): void => {
  const bound = 1 / Math.sqrt(fanIn);
  for (let k = 0; k < count; k++) out[offset + k] = bound * (2 * random.next() - 1);
};
