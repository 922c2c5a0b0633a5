import { squaredNorm } from '../kernels/plain/norm.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { Dataset, Examples } from './dataset.js';
import { rowAxpy } from './kernels/row-axpy.js';
import { rowDot } from './kernels/row-dot.js';
import type { Objective } from './objective.js';
import { rowBatches } from './row-batches.js';

/** How a prediction s = ⟨w, x⟩ + b is held against a label: the loss and its derivative in s. */
export interface Link {
  readonly loss: (prediction: number, label: number) => number;
  readonly slope: (prediction: number, label: number) => number;
}

/** An objective but for its scores, with its prediction of a row. */
export interface GeneralizedLinear extends Omit<Objective, 'metric' | 'evaluate'> {
  readonly predict: (params: ReadonlyVector, examples: Examples, row: number) => number;
}

/**
 * f(w, b; batch) = mean of loss(⟨w, x⟩ + b, y) over the batch + (l2/2)·‖w‖². Parameters: w, then b when there is a bias,
 * which the penalty leaves alone. float64; starts at 0.
 */
export const generalizedLinear = (
  { classes, train }: Dataset,
  batch: number,
  options: { readonly bias: boolean; readonly l2: number },
  { loss, slope }: Link,
): GeneralizedLinear => {
  const { bias, l2 } = options;
  const { features } = train.inputs;
  const predict: GeneralizedLinear['predict'] = (params, { inputs }, row) =>
    rowDot(inputs, row, params, 0) + (bias ? params[features]! : 0);
  return {
    dimension: bias ? features + 1 : features,
    precision: 'float64',
    statistics: 0,
    classes,
    initial: (_random, out) => void out.fill(0),
    initialStatistics: () => undefined,
    ...rowBatches(train, batch),
    predict,
    gradient: (params, { rows, labels }, out) => {
      const count = rows.length;
      let sum = 0;
      for (let k = 0; k < features; k++) out[k] = l2 * params[k]!;
      if (bias) out[features] = 0;
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const prediction = predict(params, train, row);
        const coefficient = slope(prediction, labels[i]!) / count;
        sum += loss(prediction, labels[i]!);
        rowAxpy(train.inputs, row, coefficient, out, 0);
        if (bias) out[features]! += coefficient;
      }
      return sum / count + (l2 / 2) * squaredNorm(params, features);
    },
  };
};
