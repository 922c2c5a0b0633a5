import type { Examples, Rows } from '../kernels/rows.js';

/** Hands out every stored value of the first `count` rows with its feature. */
const eachStored = (inputs: Rows, count: number, visit: (value: number, feature: number) => void): void => {
  const { features, values } = inputs;
  const end = inputs.kind === 'dense' ? count * features : inputs.starts[count]!;
  for (let i = 0; i < end; i++) visit(values[i]!, inputs.kind === 'dense' ? i % features : inputs.columns[i]!);
};

/** The population standard deviation of each feature of at least one example. What sparse rows don't store is 0. Two passes. */
export const featureDeviations = ({ inputs, count }: Examples): Float64Array => {
  const { features } = inputs;
  const means = new Float64Array(features);
  const squares = new Float64Array(features);
  const stored = new Float64Array(features);
  eachStored(inputs, count, (value, k) => {
    means[k]! += value / count;
    stored[k]! += 1;
  });
  eachStored(inputs, count, (value, k) => {
    const difference = value - means[k]!;
    squares[k]! += difference * difference;
  });
  return squares.map((sum, k) => Math.sqrt((sum + (count - stored[k]!) * means[k]! * means[k]!) / count));
};

/** The population standard deviation of all features of at least one example taken together, about their common mean. Two passes. */
export const commonDeviation = ({ inputs, count }: Examples): number => {
  const all = count * inputs.features;
  let mean = 0;
  let squares = 0;
  let stored = 0;
  eachStored(inputs, count, (value) => {
    mean += value / all;
    stored += 1;
  });
  eachStored(inputs, count, (value) => {
    squares += (value - mean) * (value - mean);
  });
  return Math.sqrt((squares + (all - stored) * mean * mean) / all);
};
