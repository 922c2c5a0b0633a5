import type { RowExports } from './row-exports.js';

/**
 * What the compiled kernels offer; see src/kernels/assembly for what each takes. Arguments are bytes from the start of
 * memory, numbers, and counts.
 */
export interface KernelExports
  extends RowExports, Readonly<Record<Typed | Single | NetworkName, (...values: number[]) => number>> {
  /** The functions that kernels call by their index. */
  readonly table: WebAssembly.Table;
  /** The first byte that the kernels leave to others. */
  firstFree(): number;
}

/** Kernels with a form for each precision. */
type Typed = `${TypedName}${32 | 64}`;

type TypedName =
  | 'addScaled'
  | 'combine'
  | 'differenceProduct'
  | 'distancesToAll'
  | 'meanAroundMedian'
  | 'meanAroundTrimmedMean'
  | 'medianChanged'
  | 'medianFromBelow'
  | 'medianRebuild'
  | 'mix'
  | 'moveTowards'
  | 'pairwiseDistances'
  | 'sortedMedian'
  | 'sortedWeightedMedian'
  | 'squaredDistance'
  | 'squaredNorm'
  | 'sumScaled'
  | 'trimmedMean'
  | 'weightedMedian'
  | 'weightedTrimmedMean';

/** Kernels for float32 alone. */
type Single = `${SingleName}32`;

type SingleName =
  | 'bisectedMedian'
  | 'combineAndMeasure'
  | 'pairwiseDistancesByProducts'
  | 'roughDistancesToAll'
  | 'roughSquaredNorms'
  | 'smallWeightedMedian';

/** The layers of networks, float32. */
type NetworkName =
  | 'batchNorm'
  | 'batchNormBackward'
  | 'batchNormPredict'
  | 'convolutionInputGradient'
  | 'convolveAndPool'
  | 'convolveAndPoolWinograd'
  | 'countCorrect'
  | 'crossEntropy'
  | 'dense'
  | 'denseInputGradient'
  | 'denseParameterGradient'
  | 'filterGradient'
  | 'filterGradientScratchBytes'
  | 'inputGradientScratchBytes'
  | 'packFilters'
  | 'packWinogradFilters'
  | 'packedFilterBytes'
  | 'packedWinogradBytes'
  | 'relu'
  | 'reluBackward'
  | 'totalCrossEntropy'
  | 'winogradScratchBytes';
