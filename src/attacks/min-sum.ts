import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';
import { perturbationField, perturbed, type Perturbation } from './perturbation.js';

const knowledge: Knowledge = 'honest';

/** The options of `min-sum`. */
export interface MinSumOptions {
  /** What the lie goes against: the honest mean, its sign, or the standard deviations, the default. */
  readonly perturbation?: Perturbation;
  /** The honest vector to stay within: `min`, the default, the one with the least sum of squared distances; `max`, the largest. */
  readonly bound?: 'min' | 'max';
}

/**
 * Min-sum: μ − γ·p as in `min-max`, with the largest γ for which Σ_i s_i·‖v − x_i‖² ≤ min_i Σ_j s_j·‖x_i − x_j‖², the least sum of
 * squared distances of an honest vector; with `bound: max` the largest. Shejwalkar & Houmansadr, NDSS 2021: their code takes the
 * least, so that is the default; others take the largest. By the law of cosines about the weighted mean both sums are one
 * constant and Σs_j times ‖v − μ‖² and ‖x_i − μ‖²: the lie is as far from the mean as the nearest honest vector is, or the
 * farthest, and γ is known without a search. Where p is 0 the lie is μ. Zero as long as the server holds no honest vector. O(d·m).
 */
export const minSum = ({ perturbation = 'std', bound = 'min' }: MinSumOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const look = perturbed(shape, perturbation);
      const chosen = bound === 'min' ? Math.min : Math.max;
      return ({ honest }, out) => {
        const { mean, direction, squared, squaredLength } = look(honest);
        let limit = squared[0]!;
        for (let i = 1; i < honest.count; i++) limit = chosen(limit, squared[i]!);
        const gamma = squaredLength > 0 ? Math.sqrt(limit / squaredLength) : 0;
        for (let k = 0; k < shape.dimension; k++) out[k] = mean[k]! - gamma * direction[k]!;
      };
    },
  });

export const minSumPart = definePart({
  summary:
    'Min-sum: as far from the honest mean as the lie’s squared distances add up to no more than an honest one’s.',
  source: 'Shejwalkar & Houmansadr, "Manipulating the Byzantine", NDSS 2021; the bound as in their code.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['minsum'],
  knowledge,
  formula: 'μ − γ·p, largest γ with Σ_i s_i·‖v − x_i‖² ≤ min_i Σ_j s_j·‖x_i − x_j‖² (or max_i)',
  parameters: z.strictObject({
    perturbation: perturbationField,
    bound: z
      .enum(['min', 'max'])
      .default('min')
      .describe(
        'Whose sum of squared distances bounds the lie’s: the least of an honest vector (min) or the largest (max).',
      ),
  }),
  create: minSum,
});
