import type { Dataset, DenseRows, Examples, SparseRows } from '../../src/learning/dataset.js';
import { stream } from './stream.js';

/** `count` examples with features uniform on ±1.5 and labels drawn from the classes, or from ±1.5 when there are none. */
const examples = (name: string, count: number, features: number, classes: number): Examples => {
  const random = stream(name);
  const uniform = () => 3 * random.next() - 1.5;
  return {
    count,
    inputs: { kind: 'dense', features, values: Float32Array.from({ length: count * features }, uniform) },
    labels: Float64Array.from({ length: count }, () =>
      classes === 0 ? uniform() : Math.floor(classes * random.next()),
    ),
  };
};

/** A data set of noise: good for gradients, hopeless to learn. */
export const synthetic = (
  name: string,
  shape: readonly number[],
  classes: number,
  train = 12,
  test = 7,
): Dataset & { readonly train: { readonly inputs: DenseRows }; readonly test: { readonly inputs: DenseRows } } => {
  const features = shape.reduce((product, size) => product * size, 1);
  const made = (part: string, count: number) => examples(`${name}/${part}`, count, features, classes) as never;
  return { name, shape, classes, train: made('train', train), test: made('test', test) };
};

/** The same rows, keeping the entries that are not 0. */
export const sparse = ({ features, values }: DenseRows): SparseRows => {
  const count = values.length / features;
  const starts = [0];
  const columns: number[] = [];
  const kept: number[] = [];
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < features; k++) {
      const value = values[row * features + k]!;
      if (value === 0) continue;
      columns.push(k);
      kept.push(value);
    }
    starts.push(kept.length);
  }
  return {
    kind: 'sparse',
    features,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float64Array.from(kept),
  };
};
