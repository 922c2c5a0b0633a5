import type { Dataset, Examples, Rows } from '../learning/dataset.js';

const shared = <T extends Float32Array | Float64Array | Int32Array>(array: T): T => {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
};

const sharedRows = (rows: Rows): Rows =>
  rows.kind === 'dense'
    ? { ...rows, values: shared(rows.values) }
    : { ...rows, starts: shared(rows.starts), columns: shared(rows.columns), values: shared(rows.values) };

const sharedExamples = (examples: Examples): Examples => ({
  ...examples,
  inputs: sharedRows(examples.inputs),
  labels: shared(examples.labels),
});

/** The same data in memory that threads can share. */
export const sharedDataset = (data: Dataset): Dataset => ({
  ...data,
  train: sharedExamples(data.train),
  test: sharedExamples(data.test),
});
