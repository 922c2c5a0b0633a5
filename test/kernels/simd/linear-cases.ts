import fc from 'fast-check';
import type { LinearLoss, LinearModel } from '../../../src/kernels/row-kernels.js';
import type { DenseRows, Examples } from '../../../src/kernels/rows.js';
import { stream } from '../../learning/stream.js';

export const losses = ['squared', 'logistic', 'softmax'] as const;

/** A linear model and what data it is given. */
export interface Case {
  readonly loss: LinearLoss;
  readonly classes: number;
  readonly features: number;
  readonly count: number;
  readonly batch: number;
  readonly bias: boolean;
  readonly l2: number;
  readonly density: number;
  readonly seed: number;
}

export const cases: fc.Arbitrary<Case> = fc.record({
  loss: fc.constantFrom(...losses),
  classes: fc.integer({ min: 2, max: 6 }),
  features: fc.integer({ min: 1, max: 21 }),
  count: fc.integer({ min: 1, max: 90 }),
  batch: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 60, max: 600 })),
  bias: fc.boolean(),
  l2: fc.constantFrom(0, 0.3),
  density: fc.constantFrom(0, 0.1, 0.5, 1),
  seed: fc.nat(),
});

const outputsOf = ({ loss, classes }: Case): number => (loss === 'softmax' ? classes : 1);

const labelsOf = (each: Case, count: number, uniform: () => number): Float64Array =>
  Float64Array.from({ length: count }, () =>
    each.loss === 'squared' ? 4 * uniform() - 2 : Math.floor((each.loss === 'softmax' ? each.classes : 2) * uniform()),
  );

/** A data set of noise, some of it 0, and a point to look at it from. */
export const drawn = (each: Case) => {
  const { features, bias, l2, loss, count, batch, density, seed } = each;
  const random = stream(`linear rows ${seed}`);
  const uniform = () => random.next();
  const entry = () => (uniform() < density ? 4 * uniform() - 2 : 0);
  const examples = (length: number): Examples & { readonly inputs: DenseRows } => ({
    count: length,
    inputs: { kind: 'dense', features, values: Float32Array.from({ length: length * features }, entry) },
    labels: labelsOf(each, length, uniform),
  });
  const model: LinearModel = { loss, outputs: outputsOf(each), bias, l2 };
  const dimension = model.outputs * (features + Number(bias));
  return {
    model,
    train: examples(count),
    test: examples(260),
    params: Float64Array.from({ length: dimension }, () => 2 * uniform() - 1),
    rows: Int32Array.from({ length: batch }, () => Math.floor(count * uniform())),
    labels: labelsOf(each, batch, uniform),
  };
};
