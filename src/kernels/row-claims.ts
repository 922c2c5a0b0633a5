import type { Memory } from './memory.js';
import type { LinearModel } from './row-kernels.js';
import type { Examples, Rows } from './rows.js';

/** The most rows that are handed to the SIMD kernels at a time. */
const BLOCK = 256;

/** Rows whose scores the SIMD kernels hold at a time. */
const CHUNK = 64;

/** Dense rows of at most this many bytes, 64 MiB, are copied to a run's memory once; of others, each block when it is used. */
const MOST_BYTES = 1 << 26;

/** About what a block of dense rows takes that is copied at each use, in bytes: a share of the second cache. */
const BLOCK_BYTES = 1 << 18;

/** Where rows are to lie in a run's memory. */
export interface RowsClaim {
  /** Whether all rows have their place there; else a block of them. */
  readonly whole: boolean;
  /** Rows that are handed on at a time. */
  readonly block: number;
  /** Empty where rows are dense. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array | Float64Array;
  /** The kernels' table of the above: eight words. */
  readonly table: Uint32Array;
}

/** What a linear model's SIMD kernels keep in a run's memory. */
export interface LinearClaim {
  readonly train: RowsClaim;
  readonly test: RowsClaim;
  /** A block's row numbers. */
  readonly chosen: Int32Array;
  readonly labels: Float64Array;
  readonly scores: Float64Array;
}

const claimRows = (memory: Memory, inputs: Rows): RowsClaim => {
  const table = memory.uint32(8);
  if (inputs.kind === 'sparse') {
    const starts = memory.int32(inputs.starts.length);
    const columns = memory.int32(inputs.columns.length);
    return { whole: true, block: BLOCK, starts, columns, values: memory.float64(inputs.values.length), table };
  }
  const { features, values } = inputs;
  const whole = values.byteLength <= MOST_BYTES;
  const fitting = Math.floor(BLOCK_BYTES / (4 * features));
  // Rows are taken four at a time.
  const block = whole ? BLOCK : Math.min(BLOCK, Math.max(4, fitting - (fitting % 4)));
  const claimed = memory.float32(whole ? values.length : block * features);
  const none = new Int32Array(0);
  return { whole, block, starts: none, columns: none, values: claimed, table };
};

/** Claims the memory of a linear model's SIMD kernels. Rows that are those of `train` aren't claimed twice. */
export const claimLinear = (memory: Memory, model: LinearModel, train: Examples, test: Examples): LinearClaim => {
  const claimed = claimRows(memory, train.inputs);
  return {
    train: claimed,
    test: test.inputs.values === train.inputs.values ? claimed : claimRows(memory, test.inputs),
    chosen: memory.int32(BLOCK),
    labels: memory.float64(BLOCK),
    scores: memory.float64(CHUNK * model.outputs),
  };
};
