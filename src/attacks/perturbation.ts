import { z } from 'zod';
import type { Shape, WeightedVectors } from '../weighted/aggregator.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { weightedDeviations } from './weighted-deviations.js';

/** From the honest mean μ a lie goes against the mean (`unit`), against its sign, or against the standard deviations (`std`). */
export type Perturbation = 'unit' | 'sign' | 'std';

/** The field of `Perturbation`. */
export const perturbationField = z
  .enum(['unit', 'sign', 'std'])
  .default('std')
  .describe(
    'What the lie goes against: the honest mean (unit), its sign in each coordinate (sign), or the standard deviations (std).',
  );

/** Honest vectors as seen from their mean, along the line on which a lie μ − γ·p is sought. */
export interface Perturbed {
  readonly mean: Float64Array;
  /** p; its length doesn't matter. */
  readonly direction: Float64Array;
  /** ‖p‖². */
  squaredLength: number;
  /** ‖x_i − μ‖² of each honest vector. */
  readonly squared: Float64Array;
  /** ⟨p, μ − x_i⟩ of each honest vector. */
  readonly products: Float64Array;
}

/** Claims scratch memory; the answer is lent until the next call. O(d·m). */
export const perturbed = (shape: Shape, perturbation: Perturbation): ((honest: WeightedVectors) => Perturbed) => {
  const { count, dimension } = shape;
  const average = weightedMean()(shape);
  const mean = new Float64Array(dimension);
  const direction = new Float64Array(dimension);
  const squared = new Float64Array(count);
  const products = new Float64Array(count);
  const seen = { mean, direction, squaredLength: 0, squared, products };
  return (honest) => {
    average(honest, mean);
    if (perturbation === 'std') weightedDeviations(honest, mean, 0, direction);
    else for (let k = 0; k < dimension; k++) direction[k] = perturbation === 'sign' ? Math.sign(mean[k]!) : mean[k]!;
    seen.squaredLength = 0;
    for (let k = 0; k < dimension; k++) seen.squaredLength += direction[k]! * direction[k]!;
    for (let i = 0; i < honest.count; i++) {
      const vector = honest.vectors[i]!;
      let [distance, product] = [0, 0];
      for (let k = 0; k < dimension; k++) {
        const difference = mean[k]! - vector[k]!;
        distance += difference * difference;
        product += direction[k]! * difference;
      }
      squared[i] = distance;
      products[i] = product;
    }
    return seen;
  };
};
