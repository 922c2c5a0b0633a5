import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { VectorKernels } from '../kernels/vector-kernels.js';
import { definePart } from '../registry/part.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';
import { perturbationField, perturbed, type Perturbation, type Perturbed } from './perturbation.js';

const knowledge: Knowledge = 'honest';

/** The options of `min-max`. */
export interface MinMaxOptions {
  /** What the lie goes against: the honest mean, its sign, or the standard deviations, the default. */
  readonly perturbation?: Perturbation;
}

/**
 * Min-max: μ − γ·p with the weighted mean μ of the honest vectors, p the mean, its sign or the weighted standard deviations, and
 * the largest γ for which the lie is no farther from any honest vector than two honest ones are from each other,
 * max_i ‖v − x_i‖ ≤ max_ij ‖x_i − x_j‖. Shejwalkar & Houmansadr, NDSS 2021. Each ‖v − x_i‖² is a quadratic in γ, so the largest
 * γ is the least of their roots, exactly; the authors' code halves its step from γ = 10 on until it is below 1e-5, and never
 * comes past 20. Where p is 0 the lie is μ. Zero as long as the server holds no honest vector. O(d·m²/2).
 */
export const minMax = ({ perturbation = 'std' }: MinMaxOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const { dimension, kernels = plainKernels() } = shape;
      const look = perturbed(shape, perturbation);
      return ({ honest }, out) => {
        const seen = look(honest);
        const gamma = largest(seen, honest.count, diameter(honest, kernels.vectors));
        for (let k = 0; k < dimension; k++) out[k] = seen.mean[k]! - gamma * seen.direction[k]!;
      };
    },
  });

/** The largest squared distance of two vectors. */
const diameter = (
  { count, dimension, vectors }: WeightedVectors,
  { squaredDistance }: Pick<VectorKernels, 'squaredDistance'>,
): number => {
  let farthest = 0;
  for (let i = 1; i < count; i++)
    for (let j = 0; j < i; j++) farthest = Math.max(farthest, squaredDistance(vectors[i]!, vectors[j]!, dimension));
  return farthest;
};

/** The largest γ for which the lie is within √`limit` of each of `count` honest vectors. */
const largest = ({ squaredLength, squared, products }: Perturbed, count: number, limit: number): number => {
  if (!(squaredLength > 0)) return 0;
  let gamma = Infinity;
  for (let i = 0; i < count; i++) {
    // The mean is no farther from any of them than they are from each other, but for rounding.
    const left = Math.max(0, limit - squared[i]!);
    const root = (products[i]! + Math.sqrt(products[i]! * products[i]! + squaredLength * left)) / squaredLength;
    gamma = Math.min(gamma, root);
  }
  return gamma;
};

export const minMaxPart = definePart({
  summary: 'Min-max: as far from the honest mean as the lie goes without being farther from any than honest ones are.',
  source: 'Shejwalkar & Houmansadr, "Manipulating the Byzantine", NDSS 2021.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['minmax'],
  knowledge,
  formula: 'μ − γ·p, largest γ with max_i ‖v − x_i‖ ≤ max_ij ‖x_i − x_j‖',
  parameters: z.strictObject({ perturbation: perturbationField }),
  create: minMax,
});
