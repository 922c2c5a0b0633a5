import type { DenseRows, Rows, SparseRows } from '../kernels/rows.js';

/** Entries of sparse rows, at most: 2^28 of 12 bytes are 3.2 GB. */
const MOST_ENTRIES = 2 ** 28;

/** Which rows are falsified, and how. */
export interface Falsification {
  /** Rows that stand first, as they are: this many from the beginning. */
  readonly kept: number;
  /** The rows that follow them, falsified. */
  readonly chosen: Int32Array;
  /** The features that are falsified, numbered from 0, ascending, none twice. */
  readonly features: Int32Array;
  /** The new value of one of them. Called row by row, features ascending. */
  readonly value: (honest: number, feature: number) => number;
}

const dense = (inputs: DenseRows, { kept, chosen, features, value }: Falsification): DenseRows => {
  const width = inputs.features;
  const values = new Float32Array((kept + chosen.length) * width);
  values.set(inputs.values.subarray(0, kept * width));
  for (let i = 0; i < chosen.length; i++) {
    const from = chosen[i]! * width;
    const to = (kept + i) * width;
    for (let k = 0; k < width; k++) values[to + k] = inputs.values[from + k]!;
    for (let j = 0; j < features.length; j++) {
      const k = features[j]!;
      values[to + k] = value(inputs.values[from + k]!, k);
    }
  }
  return { kind: 'dense', features: width, values };
};

/** The most entries that falsified rows can have. Throws a RangeError where those are too many. */
const entriesOf = (inputs: SparseRows, { kept, chosen, features }: Falsification): number => {
  let entries = inputs.starts[kept]!;
  for (const row of chosen) {
    const stored = inputs.starts[row + 1]! - inputs.starts[row]!;
    entries += Math.min(inputs.features, stored + features.length);
  }
  if (entries > MOST_ENTRIES)
    throw new RangeError(
      `${features.length} features of ${chosen.length} sparse rows are too many to be given a value each: ` +
        `together with the others they make ${entries} values, more than ${MOST_ENTRIES}`,
    );
  return entries;
};

const sparse = (inputs: SparseRows, falsification: Falsification): SparseRows => {
  const { kept, chosen, features, value } = falsification;
  const most = entriesOf(inputs, falsification);
  const starts = new Int32Array(kept + chosen.length + 1);
  const columns = new Int32Array(most);
  const values = new Float64Array(most);
  let end = inputs.starts[kept]!;
  starts.set(inputs.starts.subarray(0, kept + 1));
  columns.set(inputs.columns.subarray(0, end));
  values.set(inputs.values.subarray(0, end));
  const store = (column: number, stored: number): void => {
    if (stored === 0) return;
    columns[end] = column;
    values[end++] = stored;
  };
  for (let i = 0; i < chosen.length; i++) {
    let entry = inputs.starts[chosen[i]!]!;
    const last = inputs.starts[chosen[i]! + 1]!;
    for (let j = 0; j < features.length; j++) {
      const k = features[j]!;
      for (; entry < last && inputs.columns[entry]! < k; entry++) store(inputs.columns[entry]!, inputs.values[entry]!);
      const present = entry < last && k === inputs.columns[entry];
      store(k, value(present ? inputs.values[entry++]! : 0, k));
    }
    for (; entry < last; entry++) store(inputs.columns[entry]!, inputs.values[entry]!);
    starts[kept + i + 1] = end;
  }
  return {
    kind: 'sparse',
    features: inputs.features,
    starts,
    columns: columns.slice(0, end),
    values: values.slice(0, end),
  };
};

/**
 * Some rows of `inputs` as they are, followed by falsified ones, in the same layout: dense rows stay dense, and of sparse ones
 * what is 0 isn't stored. Sparse rows must have their columns ascending. O(values stored + values falsified).
 */
export const falsifiedRows = (inputs: Rows, falsification: Falsification): Rows =>
  inputs.kind === 'dense' ? dense(inputs, falsification) : sparse(inputs, falsification);
