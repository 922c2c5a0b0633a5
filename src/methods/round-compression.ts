import { bytesOf } from '../kernels/vector.js';
import type { RoundContext } from './round-method.js';

/** Bits of a vector that isn't compressed. */
export const denseBits = ({ dimension, precision }: Pick<RoundContext, 'dimension' | 'precision'>): number =>
  8 * bytesOf(precision) * dimension;

/** @throws RangeError where a run's compressor is biased, which the method called `name` can't use, since `why`. */
export const requireUnbiased = (name: string, why: string, { compression }: RoundContext): void => {
  if (compression?.rule.unbiased === false)
    throw new RangeError(`${name} needs an unbiased compressor, such as randk or l2-quantization, since ${why}`);
};
