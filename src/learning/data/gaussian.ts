import { z } from 'zod';

import { normal } from '../../random/normal.js';
import type { Random } from '../../random/random.js';
import { definePart } from '../../registry/part.js';
import { norm } from '../../kernels/plain/norm.js';
import type { Examples } from '../dataset.js';
import type { DatasetRule } from './dataset-rule.js';

const standardNormal = normal(0, 1);

/** A direction drawn evenly from the unit sphere. */
const unitVector = (random: Random, dimension: number): Float64Array => {
  const vector = Float64Array.from({ length: dimension }, () => standardNormal.sample(random));
  const length = norm(vector);
  return vector.map((value) => value / length);
};

/** Row r is of class r mod classes: separation · μ_class + noise · N(0, I). */
const drawClasses = (
  count: number,
  centres: readonly Float64Array[],
  separation: number,
  noise: number,
  random: Random,
): Examples => {
  const features = centres[0]!.length;
  const values = new Float32Array(count * features);
  const labels = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const label = row % centres.length;
    const centre = centres[label]!;
    labels[row] = label;
    for (let k = 0; k < features; k++)
      values[row * features + k] = separation * centre[k]! + noise * standardNormal.sample(random);
  }
  return { count, inputs: { kind: 'dense', features, values }, labels };
};

/** Rows are N(0, I), targets ⟨w*, x⟩ + noise · N(0, 1), of the rows as rounded to float32. */
const drawTargets = (count: number, truth: Float64Array, noise: number, random: Random): Examples => {
  const features = truth.length;
  const values = new Float32Array(count * features);
  const labels = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    let target = 0;
    for (let k = 0; k < features; k++) {
      const index = row * features + k;
      values[index] = standardNormal.sample(random);
      target += truth[k]! * values[index];
    }
    labels[row] = target + noise * standardNormal.sample(random);
  }
  return { count, inputs: { kind: 'dense', features, values }, labels };
};

/** Generated Gaussian clouds, one per class (the centres of two classes are opposite), or a linear regression with `classes: 0`. */
export const gaussian = definePart({
  summary:
    'Generated: a Gaussian cloud per class around a random centre, or (classes 0) y = ⟨w*, x⟩ + noise with ‖w*‖ = 1.',
  source: 'Standard test problem',
  files: false,
  parameters: z.strictObject({
    rows: z.int().min(1).default(1000).describe('number of training rows, ≥ 1'),
    testRows: z.int().min(1).default(1000).describe('number of test rows, ≥ 1'),
    features: z.int().min(1).default(20).describe('number of features, ≥ 1'),
    classes: z
      .int()
      .min(0)
      .refine((classes) => classes !== 1, 'one class leaves nothing to learn: 0 (regression) or 2 and more')
      .default(2)
      .describe('number of classes, ≥ 2, or 0 for regression'),
    separation: z.number().min(0).default(2).describe("distance of each class's centre from the origin, ≥ 0"),
    noise: z
      .number()
      .min(0)
      .default(1)
      .describe("standard deviation of a cloud along each axis, or of the targets' noise, ≥ 0"),
  }),
  create:
    ({ rows, testRows, features, classes, separation, noise }): DatasetRule =>
    ({ random }) => {
      const direction = (c: number): Float64Array => unitVector(random.fork(`centre ${c}`), features);
      const first = direction(0);
      const centres =
        classes === 2 ? [first, first.map((value) => -value)] : Array.from({ length: classes }, (_, c) => direction(c));
      const draw = (count: number, stream: Random): Examples =>
        classes === 0
          ? drawTargets(count, first, noise, stream)
          : drawClasses(count, centres, separation, noise, stream);
      return Promise.resolve({
        name: 'gaussian',
        shape: [features],
        classes,
        train: draw(rows, random.fork('train')),
        test: draw(testRows, random.fork('test')),
      });
    },
});
