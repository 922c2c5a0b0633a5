import type { Kernels } from '../../kernels/kernels.js';
import type { Random } from '../../random/random.js';
import type { ReadonlyVector, Vector } from '../../kernels/vector.js';

/** Where a layer stands in its network. */
export interface Site {
  /** Shape of a row of its input: [height, width, channels] of an image, stored channels last, or [features]. */
  readonly shape: readonly number[];
  /** The most rows that it will see at once. */
  readonly rows: number;
  /** Where its parameters begin in the network's. */
  readonly offset: number;
  /** Where its statistics begin in the network's. */
  readonly statisticsOffset: number;
  /** Whether its input is the data, whose gradient nobody asks for. */
  readonly first: boolean;
  /** The memory that it claims from, and the loops that it runs on. */
  readonly kernels: Kernels;
}

/**
 * One layer of a network with the memory for its results. Rows lie one after another. `parameters`, `gradient` and
 * `statistics` are the whole network's; a layer touches its own part of them only. Arrays of float32 are ones that the
 * kernels hold.
 */
export interface Layer {
  /** Shape of a row of `output`. */
  readonly shape: readonly number[];
  /** Number of its parameters. */
  readonly parameters: number;
  /** Number of its statistics. */
  readonly statistics: number;
  /** What the last forward pass or prediction wrote. */
  readonly output: Float32Array;
  /** What the last backward pass wrote; empty in the first layer. */
  readonly inputGradient: Float32Array;
  /** Writes starting values of its parameters. */
  initial(random: Random, out: Vector): void;
  /** Writes its statistics before any pass. */
  initialStatistics(out: Vector): void;
  /** Gets ready for passes with these parameters, which stay as they are until the next time. */
  prepare(parameters: Float32Array): void;
  /** In training: fills `output`; with `seen`, writes there what these rows say of the statistics. */
  forward(parameters: Float32Array, input: Float32Array, rows: number, seen?: Vector | null): void;
  /** In evaluation: fills `output`, each row for itself. */
  predict(parameters: Float32Array, input: Float32Array, rows: number, statistics: ReadonlyVector): void;
  /**
   * After `forward` on the same input: from the gradient of the loss in `output`, writes that in the parameters to
   * `gradient`, and that in the input to `inputGradient`.
   */
  backward(
    parameters: Float32Array,
    input: Float32Array,
    outputGradient: Float32Array,
    rows: number,
    gradient: Float32Array,
  ): void;
}

/** Claims a layer's memory at its place in a network. */
export type LayerRule = (site: Site) => Layer;
