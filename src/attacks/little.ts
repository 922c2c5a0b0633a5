import { z as zod } from 'zod';
import { definePart } from '../registry/part.js';
import { totalWeight } from '../weighted/total-weight.js';
import type { AttackRule, Knowledge } from './attack.js';
import { zMax } from './z-max.js';

const knowledge: Knowledge = 'honest';

/** The options of `little`. */
export interface LittleOptions {
  /** z ≥ 0, standard deviations from the honest mean; `max`, the default: as many as go unnoticed, by the numbers of updates so far. */
  readonly z?: number | 'max';
}

/**
 * A little is enough: μ − z·σ, with the honest vectors' weighted mean μ and weighted population standard deviation σ in each
 * coordinate, σ² = Σs_i·(x_i − μ)²/Σs_i. With equal weights this is the attack of Baruch et al., NeurIPS 2019; weighted by
 * Dahan & Levy, NeurIPS 2024. Zero as long as the server holds no honest vector. O(d·m).
 */
export const little = ({ z = 'max' }: LittleOptions = {}): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: false,
  attack:
    ({ dimension }) =>
    ({ honest: { count, vectors, weights }, byzantineWeight }, out) => {
      if (count === 0) {
        out.fill(0);
        return;
      }
      const total = totalWeight(weights, count);
      const deviations = z === 'max' ? zMax(total + byzantineWeight, byzantineWeight) : z;
      for (let k = 0; k < dimension; k++) {
        let mean = 0;
        for (let i = 0; i < count; i++) mean += weights[i]! * vectors[i]![k]!;
        mean /= total;
        let variance = 0;
        for (let i = 0; i < count; i++) {
          const difference = vectors[i]![k]! - mean;
          variance += weights[i]! * difference * difference;
        }
        out[k] = mean - deviations * Math.sqrt(variance / total);
      }
    },
});

export const littlePart = definePart({
  summary: 'A little is enough: the honest mean, moved by just so many standard deviations that it goes unnoticed.',
  source: 'Baruch, Baruch & Goldberg, NeurIPS 2019; weighted: Dahan & Levy, NeurIPS 2024.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['alie', 'a-little-is-enough'],
  knowledge,
  parameters: zod.strictObject({
    z: zod
      .union([zod.literal('max'), zod.number()])
      .default('max')
      .describe('Standard deviations from the honest mean, or max: the largest that goes unnoticed.'),
  }),
  create: little,
});
