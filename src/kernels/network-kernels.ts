import type { ReadonlyVector } from './vector.js';

/** Up to `rows` images [height][width][channels], and the `filters` of `size` x `size` pixels that are moved over them. */
export interface ConvolutionShape {
  readonly rows: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  readonly size: number;
}

/**
 * Convolution (stride 1, no padding), rectifier and 2 x 2 max pooling (stride 2, an odd edge left out) as one, with the
 * memory that they need. Parameters, from `offset` on: filters as [filters][size][size][channels], then biases.
 */
export interface ConvolutionBlock {
  /** Gets ready for passes with these parameters: once for all batches that see them. */
  readonly prepare: (parameters: Float32Array, offset: number) => void;
  /** Writes `rows` pooled images, [pooled height][pooled width][filters]. */
  readonly forward: (rows: number, input: Float32Array, output: Float32Array) => void;
  /** After `forward`: from the gradient in its output, writes that in the parameters to `gradient`, from `offset` on. */
  readonly parameterGradient: (
    rows: number,
    input: Float32Array,
    outputGradient: Float32Array,
    gradient: Float32Array,
    offset: number,
  ) => void;
  /** After `forward`: from the gradient in its output, writes that in its input. */
  readonly inputGradient: (
    rows: number,
    parameters: Float32Array,
    offset: number,
    outputGradient: Float32Array,
    inputGradient: Float32Array,
  ) => void;
}

/** Every output sees every input. Parameters, from `offset` on: W as [width][inputs], then b. */
export interface DenseKernels {
  /** output = input·Wᵀ + b. */
  readonly forward: (
    rows: number,
    inputs: number,
    width: number,
    input: Float32Array,
    parameters: Float32Array,
    offset: number,
    output: Float32Array,
  ) => void;
  /** From the gradient in the output, writes that in W and b to `gradient`, from `offset` on. */
  readonly parameterGradient: (
    rows: number,
    inputs: number,
    width: number,
    input: Float32Array,
    outputGradient: Float32Array,
    gradient: Float32Array,
    offset: number,
  ) => void;
  /** From the gradient in the output, writes that in the input. */
  readonly inputGradient: (
    rows: number,
    inputs: number,
    width: number,
    parameters: Float32Array,
    offset: number,
    outputGradient: Float32Array,
    inputGradient: Float32Array,
  ) => void;
}

/**
 * y = γ·(x − mean)/√(variance + 1e-5) + β for each of `width` columns. Parameters, from `offset` on: γ, then β. `moments`
 * are the columns' means, then their variances.
 */
export interface BatchNormKernels {
  /** By the moments of these rows, variances biased, which are written; so are the rows before γ and β. */
  readonly forward: (
    rows: number,
    width: number,
    input: Float32Array,
    parameters: Float32Array,
    offset: number,
    moments: Float64Array,
    normalized: Float32Array,
    output: Float32Array,
  ) => void;
  /** By given moments. */
  readonly predict: (
    rows: number,
    width: number,
    input: Float32Array,
    parameters: Float32Array,
    offset: number,
    moments: Float64Array,
    output: Float32Array,
  ) => void;
  /** After `forward`: writes the gradients in γ and β to `gradient`, from `offset` on, and that in the input. */
  readonly backward: (
    rows: number,
    width: number,
    normalized: Float32Array,
    moments: Float64Array,
    parameters: Float32Array,
    offset: number,
    outputGradient: Float32Array,
    gradient: Float32Array,
    inputGradient: Float32Array,
  ) => void;
}

/** max(0, x) for `count` numbers; NaN stays NaN, so that a diverged model shows. */
export interface ReluKernels {
  readonly forward: (count: number, input: Float32Array, output: Float32Array) => void;
  /** The derivative at 0 is taken as 0. */
  readonly backward: (
    count: number,
    output: Float32Array,
    outputGradient: Float32Array,
    inputGradient: Float32Array,
  ) => void;
}

/** −ln of the share that the softmax of a row of logits gives to its label, a class from 0 to classes − 1. */
export interface CrossEntropyKernels {
  /** The mean over the rows; writes its gradient in the logits, (softmax − one-hot)/rows. */
  readonly gradient: (
    rows: number,
    classes: number,
    logits: Float32Array,
    labels: Int32Array,
    gradient: Float32Array,
  ) => number;
  /** The sum over the rows. */
  readonly total: (rows: number, classes: number, logits: Float32Array, labels: Int32Array) => number;
  /** How many rows have their largest logit, the first of equals, at the label. */
  readonly correct: (rows: number, classes: number, logits: Float32Array, labels: Int32Array) => number;
}

/**
 * The layers of neural networks, float32. Rows lie one after another, images channels last. All arrays are ones that
 * `holds` is true of, and the memory that the kernels were made with gives such. Sums run in a fixed order, another one in
 * each form, and a row's results don't depend on the rows beside it, but for those of batch normalisation.
 */
export interface NetworkKernels {
  /** Whether the loops can work on `vector` where it is. */
  readonly holds: (vector: ReadonlyVector) => vector is Float32Array;
  /** Claims what a block needs. */
  readonly convolutionBlock: (shape: ConvolutionShape) => ConvolutionBlock;
  readonly dense: DenseKernels;
  readonly batchNorm: BatchNormKernels;
  readonly relu: ReluKernels;
  readonly crossEntropy: CrossEntropyKernels;
}
