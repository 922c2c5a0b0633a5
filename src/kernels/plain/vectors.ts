import type { VectorKernels } from '../vector-kernels.js';
import { linearCombination } from './linear-combination.js';
import { differenceProduct } from './difference-product.js';
import { meanAroundMedian } from './mean-around-median.js';
import { meanAroundTrimmedMean } from './mean-around-trimmed-mean.js';
import { mixing } from './mix.js';
import { squaredNorm } from './norm.js';
import { squaredDistance } from './squared-distance.js';
import { squaredDistances } from './squared-distances.js';
import { trimmedMean } from './trimmed-mean.js';
import { followedMedian } from './followed-median.js';
import { weightedMedian } from './weighted-median.js';

const distancesToAll: VectorKernels['distancesToAll'] = (vectors, count, x, dimension, out) => {
  for (let j = 0; j < count; j++) out[j] = vectors[j] === x ? 0 : squaredDistance(x, vectors[j]!, dimension);
};

const squaredNorms: VectorKernels['roughSquaredNorms'] = (vectors, count, dimension, out) => {
  for (let j = 0; j < count; j++) out[j] = squaredNorm(vectors[j]!, dimension);
};

const combineAndMeasure =
  (combine: VectorKernels['combine']): VectorKernels['combineAndMeasure'] =>
  (vectors, coefficients, count, dimension, out, squared) => {
    combine(vectors, coefficients, count, dimension, out);
    distancesToAll(vectors, count, out, dimension, squared);
  };

/** Plain loops: the readable reference of the SIMD kernels. Claims a few blocks of scratch memory. */
export const plainVectors = (): VectorKernels => {
  const combine = linearCombination();
  return {
    addScaled: (out, scale, x) => {
      for (let k = 0; k < out.length; k++) out[k]! += scale * x[k]!;
    },
    sumScaled: (out, x, scale, y) => {
      for (let k = 0; k < out.length; k++) out[k] = x[k]! + scale * y[k]!;
    },
    moveTowards: (point, target, share) => {
      for (let k = 0; k < point.length; k++) point[k]! += share * (target[k]! - point[k]!);
    },
    squaredNorm,
    squaredDistance,
    distancesToAll,
    roughDistancesToAll: distancesToAll,
    roughSquaredNorms: squaredNorms,
    squaredDistances,
    roughDistances: squaredDistances,
    differenceProduct,
    combine,
    combineAndMeasure: combineAndMeasure(combine),
    mix: mixing(),
    weightedMedian: followedMedian(weightedMedian),
    trimmedMean: trimmedMean(),
    meanAroundMedian: meanAroundMedian(),
    meanAroundTrimmedMean: meanAroundTrimmedMean(),
  };
};
