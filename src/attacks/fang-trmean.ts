import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** The options of `fang-trmean`. */
export interface FangTrmeanOptions {
  /** b, how far past the honest values a lie may be, relative to them; above 1. Default 2. */
  readonly b?: number;
}

/**
 * Local model poisoning of the trimmed mean and the median, with full knowledge: in each coordinate the lie is just past the
 * honest value that is farthest against the sign of their weighted mean. Where the mean is positive and the least honest value is
 * l, it is drawn uniformly from [l/b, l] if l > 0 and from [b·l, l] if l < 0; where the mean is negative, the same is done beyond
 * the largest value; it is 0 where the mean is 0. Fang et al., USENIX Security 2020, with b = 2; theirs are models, and these are
 * vectors that are descended along, so that both the values and the direction to deviate in are mirrored. Zero as long as the
 * server holds no honest vector. One draw a coordinate. O(d·m).
 */
export const fangTrmean = ({ b = 2 }: FangTrmeanOptions = {}): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const { dimension } = shape;
      const average = weightedMean()(shape);
      const farthest = new Float64Array(dimension);
      return ({ honest, random }, out) => {
        average(honest, out);
        farthest.fill(Infinity);
        // Told along the sign of the mean, the farthest against it is always the least.
        for (let i = 0; i < honest.count; i++) {
          const vector = honest.vectors[i]!;
          for (let k = 0; k < dimension; k++) {
            const along = out[k]! < 0 ? -vector[k]! : vector[k]!;
            if (along < farthest[k]!) farthest[k] = along;
          }
        }
        for (let k = 0; k < dimension; k++) {
          const least = farthest[k]!;
          const factor = least > 0 ? 1 / b + random.next() * (1 - 1 / b) : 1 + random.next() * (b - 1);
          out[k] = Math.sign(out[k]!) * factor * least;
        }
      };
    },
  });

export const fangTrmeanPart = definePart({
  summary: 'Local model poisoning of trimmed means and medians: just past the honest values, against their mean.',
  source:
    'Fang, Cao, Jia & Gong, "Local Model Poisoning Attacks to Byzantine-Robust Federated Learning", USENIX Security 2020.',
  precondition: 'Sees the honest vectors at the server: the paper’s full knowledge.',
  aliases: ['fang-trim', 'fang-median'],
  knowledge,
  formula:
    'in each coordinate, where μ > 0 and l is the least honest value: U[l/b, l] if l > 0, else U[b·l, l]; mirrored where μ < 0',
  parameters: z.strictObject({
    b: z.number().gt(1).default(2).describe('How far past the honest values a lie may be, relative to them; above 1.'),
  }),
  create: fangTrmean,
});
