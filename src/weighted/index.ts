import { arcPart } from './arc.js';
import { averageNanPart } from './average-nan.js';
import { bucketingPart } from './bucketing.js';
import { cafPart } from './caf.js';
import { akselPart } from './aksel.js';
import { bulyanPart } from './bulyan.js';
import { centeredClippingPart } from './centered-clipping.js';
import { cgePart } from './cge.js';
import { clippedDifferencesPart } from './clipped-differences.js';
import { clippingPart } from './clipping.js';
import { ctmaPart } from './ctma.js';
import { dncPart } from './dnc.js';
import { fltrustPart } from './fltrust.js';
import { geometricMedianPart } from './geometric-median.js';
import { krumPart } from './krum.js';
import { mdaPart } from './mda.js';
import { meanAroundMedianPart } from './mean-around-median.js';
import { medianFilteredMeanPart } from './mfm.js';
import { monnaPart } from './monna.js';
import { multiKrumPart } from './multi-krum.js';
import { nnmPart } from './nnm.js';
import { phocasPart } from './phocas.js';
import { smeaPart } from './smea.js';
import { trimmedMeanPart } from './trimmed-mean.js';
import { weightedMeanPart } from './weighted-mean.js';
import { weightedMedianPart } from './weighted-median.js';
import { weiszfeldPart } from './weiszfeld.js';

/** Rules that turn weighted vectors into one vector. Weights of 1 give the unweighted rules. */
export const aggregators = {
  mean: weightedMeanPart,
  'average-nan': averageNanPart,
  cwmed: weightedMedianPart,
  gm: geometricMedianPart,
  rfa: weiszfeldPart,
  trmean: trimmedMeanPart,
  meamed: meanAroundMedianPart,
  phocas: phocasPart,
  krum: krumPart,
  'multi-krum': multiKrumPart,
  bulyan: bulyanPart,
  mda: mdaPart,
  smea: smeaPart,
  aksel: akselPart,
  monna: monnaPart,
  cge: cgePart,
  'centered-clipping': centeredClippingPart,
  caf: cafPart,
  dnc: dncPart,
  mfm: medianFilteredMeanPart,
  fltrust: fltrustPart,
};

/** Operators that turn one such rule into another. */
export const operators = {
  ctma: ctmaPart,
  nnm: nnmPart,
  clipping: clippingPart,
  bucketing: bucketingPart,
  arc: arcPart,
  'clipped-differences': clippedDifferencesPart,
};

export type {
  AffineAggregator,
  AffineRule,
  Aggregator,
  AggregatorOperator,
  AggregatorRule,
  Draws,
  PairwiseDistances,
  Shape,
  WeightedVectors,
} from './aggregator.js';
export { arc } from './arc.js';
export { averageNan } from './average-nan.js';
export { bucketing, type BucketingOptions } from './bucketing.js';
export { caf } from './caf.js';
export { aksel, type AkselOptions } from './aksel.js';
export { bulyan, type BulyanOptions } from './bulyan.js';
export type { SelectorName } from './bulyan-selectors.js';
export { centeredClipping, type CenteredClippingOptions } from './centered-clipping.js';
export { cge } from './cge.js';
export { clippedDifferences, type ClippedDifferencesOptions } from './clipped-differences.js';
export { clipping, type ClippingOptions } from './clipping.js';
export { ctma, type CtmaOptions } from './ctma.js';
export { dnc, type DncOptions } from './dnc.js';
export { finiteVectors } from './finite-vectors.js';
export { fltrust, type FltrustOptions } from './fltrust.js';
export { fromAffine } from './from-affine.js';
export { geometricMedian, type GeometricMedianOptions } from './geometric-median.js';
export { krum } from './krum.js';
export type { KrumOptions, KrumVariant } from './krum-scores.js';
export { linearCombination, type LinearCombination } from '../kernels/plain/linear-combination.js';
export { mda, type MdaOptions } from './mda.js';
export { meanAroundMedian } from './mean-around-median.js';
export { medianFilteredMean, type MedianFilteredMeanOptions } from './mfm.js';
export { monna, type MonnaOptions } from './monna.js';
export { multiKrum, type MultiKrumOptions } from './multi-krum.js';
export { nnm } from './nnm.js';
export { norm, squaredNorm } from '../kernels/plain/norm.js';
export { needsEqualWeights, type Requirements } from './requirements.js';
export type { RobustnessConstant } from './robustness-constant.js';
export { phocas } from './phocas.js';
export { smea, type SmeaOptions } from './smea.js';
export { squaredDistance } from '../kernels/plain/squared-distance.js';
export { squaredDistances } from '../kernels/plain/squared-distances.js';
export type { Tolerance } from './tolerance.js';
export { totalWeight } from './total-weight.js';
export { trimmedMean } from './trimmed-mean.js';
export { newVector, type Precision, type ReadonlyVector, type Vector } from '../kernels/vector.js';
export { weightedMean } from './weighted-mean.js';
export { weightedMedian } from './weighted-median.js';
export { weiszfeld, type WeiszfeldOptions } from './weiszfeld.js';
