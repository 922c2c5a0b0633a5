import { z as zod } from 'zod';
import { definePart } from '../registry/part.js';
import type { WeightedVectors } from '../weighted/aggregator.js';
import { totalWeight } from '../weighted/total-weight.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';
import { weightedDeviations } from './weighted-deviations.js';
import { zMax } from './z-max.js';

const knowledge: Knowledge = 'honest';

/** The options of `little`. */
export interface LittleOptions {
  /** z, standard deviations from the honest mean; `max`, the default: as many as go unnoticed, by the numbers of updates so far. */
  readonly z?: number | 'max';
  /** What is taken off the number of updates that σ² is divided by: 0, the default, or 1. */
  readonly ddof?: 0 | 1;
  /** `uniform`: every honest worker counts once, and z is by numbers of workers; by their updates unless given. */
  readonly weights?: 'count' | 'uniform' | undefined;
}

/**
 * A little is enough: μ − z·σ, with the honest vectors' weighted mean μ and weighted standard deviation σ in each coordinate,
 * σ² = Σs_i·(x_i − μ)²/(Σs_i − ddof). With equal weights this is the attack of Baruch et al., NeurIPS 2019; weighted, with the
 * population's σ, by Dahan & Levy, NeurIPS 2024; without weights, with `weights: uniform`, also where updates differ. ByzFL's form is z = −1.5 with ddof = 1: the sign is a convention. Zero as long
 * as the server holds no honest vector. O(d·m).
 */
export const little = ({ z = 'max', ddof = 0, weights }: LittleOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const { dimension } = shape;
      const average = weightedMean()(shape);
      const mean = new Float64Array(dimension);
      const deviations = new Float64Array(dimension);
      const ones = new Float64Array(shape.count).fill(1);
      const once = ({ count, vectors }: WeightedVectors): WeightedVectors => ({
        count,
        dimension,
        vectors,
        weights: ones,
      });
      return ({ honest, byzantineWeight, liars }, out) => {
        const seen = weights === 'uniform' ? once(honest) : honest;
        const lying = weights === 'uniform' ? liars : byzantineWeight;
        average(seen, mean);
        weightedDeviations(seen, mean, ddof, deviations);
        const far = z === 'max' ? zMax(totalWeight(seen.weights, seen.count) + lying, lying) : z;
        for (let k = 0; k < dimension; k++) out[k] = mean[k]! - far * deviations[k]!;
      };
    },
  });

export const littlePart = definePart({
  summary: 'A little is enough: the honest mean, moved by just so many standard deviations that it goes unnoticed.',
  source: 'Baruch, Baruch & Goldberg, NeurIPS 2019; weighted: Dahan & Levy, NeurIPS 2024.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['alie', 'a-little-is-enough'],
  knowledge,
  formula: 'μ − z·σ',
  parameters: zod.strictObject({
    z: zod
      .union([zod.literal('max'), zod.number()])
      .default('max')
      .describe('Standard deviations from the honest mean, or max: the largest that goes unnoticed.'),
    ddof: zod
      .union([zod.literal(0), zod.literal(1)])
      .default(0)
      .describe('Taken off the number of updates that the variance is divided by: 0, or 1 as ByzFL does.'),
    weights: zod
      .enum(['count', 'uniform'])
      .optional()
      .describe(
        'uniform: every honest worker counts once, and z is by numbers of workers; by their updates unless given.',
      ),
  }),
  create: little,
});
