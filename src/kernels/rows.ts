/** Rows of one length, all values present. Row r is values[r·features .. (r+1)·features). */
export interface DenseRows {
  readonly kind: 'dense';
  readonly features: number;
  readonly values: Float32Array;
}

/** Rows of which only non-zero values are kept: row r owns entries starts[r] .. starts[r+1) of columns (0-based) and values. */
export interface SparseRows {
  readonly kind: 'sparse';
  readonly features: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The inputs of examples: rows of `features` numbers, dense or sparse by `kind`. */
export type Rows = DenseRows | SparseRows;

/**
 * `count` examples. A label is a class from 0 to classes − 1, or the target of a regression. `inputs` may have further rows
 * after those, which are nobody's examples: what an attack falsified.
 */
export interface Examples {
  readonly count: number;
  readonly inputs: Rows;
  readonly labels: Float64Array;
}
