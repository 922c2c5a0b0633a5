import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** The options of `empire`. */
export interface EmpireOptions {
  /** ε, how long the lie is, relative to the honest mean; above 0 to oppose it. Default 0.1. */
  readonly epsilon?: number;
}

/**
 * Inner-product manipulation, "fall of empires": −ε·μ with the weighted mean μ of the honest vectors. Xie et al., UAI 2019;
 * weighted, with ε = 0.1, by Dahan & Levy, NeurIPS 2024. ByzFL's and ByzantineMomentum's factor a is ε + 1: there (1 − a)·μ is
 * sent. Zero as long as the server holds no honest vector. O(d·m).
 */
export const empire = ({ epsilon = 0.1 }: EmpireOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const average = weightedMean()(shape);
      return ({ honest }, out) => {
        average(honest, out);
        for (let k = 0; k < shape.dimension; k++) out[k]! *= -epsilon;
      };
    },
  });

export const empirePart = definePart({
  summary: 'Inner-product manipulation: minus a fraction of the honest mean.',
  source: 'Xie, Koyejo & Gupta, "Fall of Empires", UAI 2019; weighted: Dahan & Levy, NeurIPS 2024.',
  precondition: 'Sees the honest vectors at the server.',
  aliases: ['ipm', 'inner-product-manipulation', 'foe'],
  knowledge,
  formula: '−ε·μ',
  parameters: z.strictObject({
    epsilon: z.number().default(0.1).describe('Length of the lie, relative to the honest mean; above 0 to oppose it.'),
  }),
  create: empire,
});
