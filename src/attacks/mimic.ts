import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** The options of `mimic`. */
export interface MimicOptions {
  /** The honest worker that is copied, from 0, in the order in which the server came to hold their vectors. Default 0. */
  readonly place?: number;
}

/**
 * Mimic without warm-up: all liars send the latest vector of one honest worker, and so speak for it with their weights as well.
 * It is told by its place among the honest vectors, which stays as long as nobody turns; the last one is copied while fewer are
 * held. Karimireddy, He & Jaggi, ICLR 2022; this form as in ByzFL. Zero as long as the server holds no honest vector. O(d).
 */
export const mimic = ({ place = 0 }: MimicOptions = {}): AttackRule =>
  againstHonest({
    attack:
      ({ dimension }) =>
      ({ honest: { count, vectors } }, out) => {
        const vector = vectors[Math.min(place, count - 1)]!;
        for (let k = 0; k < dimension; k++) out[k] = vector[k]!;
      },
  });

export const mimicPart = definePart({
  summary: 'Mimic: all Byzantine workers repeat one honest worker, so that it is heard too much.',
  source: 'Karimireddy, He & Jaggi, "Byzantine-Robust Learning on Heterogeneous Datasets via Bucketing", ICLR 2022.',
  precondition: 'Sees the honest vectors at the server; hurts where workers’ data differ.',
  knowledge,
  formula: 'x_i of one honest worker i',
  parameters: z.strictObject({
    place: z
      .int()
      .nonnegative()
      .default(0)
      .describe('The honest worker that is copied, from 0, in the order of their first arrivals; at least 0.'),
  }),
  create: mimic,
});
