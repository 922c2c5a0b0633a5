import { ctmaPart } from './ctma.js';
import { geometricMedianPart } from './geometric-median.js';
import { weightedMeanPart } from './weighted-mean.js';
import { weightedMedianPart } from './weighted-median.js';
import { weiszfeldPart } from './weiszfeld.js';

/** Rules that turn weighted vectors into one vector. Weights of 1 give the unweighted rules. */
export const aggregators = {
  mean: weightedMeanPart,
  cwmed: weightedMedianPart,
  gm: geometricMedianPart,
  rfa: weiszfeldPart,
};

/** Operators that turn one such rule into another. */
export const operators = {
  ctma: ctmaPart,
};

export type {
  AffineAggregator,
  AffineRule,
  Aggregator,
  AggregatorOperator,
  AggregatorRule,
  PairwiseDistances,
  Shape,
  WeightedVectors,
} from './aggregator.js';
export { ctma, type CtmaOptions } from './ctma.js';
export { finiteVectors } from './finite-vectors.js';
export { fromAffine } from './from-affine.js';
export { geometricMedian, type GeometricMedianOptions } from './geometric-median.js';
export { linearCombination, type LinearCombination } from '../kernels/plain/linear-combination.js';
export { norm, squaredNorm } from '../kernels/plain/norm.js';
export type { RobustnessConstant } from './robustness-constant.js';
export { squaredDistance } from '../kernels/plain/squared-distance.js';
export { squaredDistances } from '../kernels/plain/squared-distances.js';
export { totalWeight } from './total-weight.js';
export { newVector, type Precision, type ReadonlyVector, type Vector } from '../kernels/vector.js';
export { weightedMean } from './weighted-mean.js';
export { weightedMedian } from './weighted-median.js';
export { weiszfeld, type WeiszfeldOptions } from './weiszfeld.js';
