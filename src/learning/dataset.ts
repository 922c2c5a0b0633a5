import type { Examples } from '../kernels/rows.js';

export type { DenseRows, Examples, Rows, SparseRows } from '../kernels/rows.js';

/**
 * Examples to learn from and examples to be scored on, of one shape and one kind of labels. Read-only, and shared by the
 * workers of a run; features are float32 where rows are dense, float64 where they are sparse.
 */
export interface Dataset {
  /** What messages call it: its word in scenario files, or the path of its training file. */
  readonly name: string;
  /** Images: [height, width, channels], stored channels last; else [features]. */
  readonly shape: readonly number[];
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  readonly train: Examples;
  readonly test: Examples;
}
