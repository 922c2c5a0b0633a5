import { z } from 'zod';
import { definePart } from '../registry/part.js';
import { drawsOf } from '../weighted/draws-of.js';
import type { AttackRule, Knowledge } from './attack.js';
import { normalDraw } from './normal-draw.js';

const knowledge: Knowledge = 'own';

/** The options of `fixed-vector`. */
export interface FixedVectorOptions {
  /** Each coordinate's standard deviation, above 0. Default 1. */
  readonly deviation?: number;
}

/**
 * Fixed vector: all liars send one vector throughout, each coordinate of which is drawn from N(0, deviation²) before the run, from
 * a stream that is theirs together. With `flooding` this is the fixed-vector flooding of THROTTLE (Otsuka et al.). O(d).
 */
export const fixedVector = ({ deviation = 1 }: FixedVectorOptions = {}): AttackRule => ({
  kind: 'vector',
  knowledge,
  needsOwn: false,
  attack: (shape) => {
    const draws = drawsOf('fixed-vector', shape);
    const vector = Float64Array.from({ length: shape.dimension }, () => deviation * normalDraw(draws));
    return (_view, out) => {
      out.set(vector);
    };
  },
});

export const fixedVectorPart = definePart({
  summary: 'Fixed vector: all Byzantine workers send one random vector throughout the run.',
  source:
    'Otsuka et al., "Robustifying Asynchronous SGD via Soft Throttling": fixed-vector flooding, with timing: flooding.',
  aliases: ['constant-vector'],
  knowledge,
  formula: 'a, drawn once from N(0, deviation²) in each coordinate',
  parameters: z.strictObject({
    deviation: z
      .number()
      .positive()
      .default(1)
      .describe('Standard deviation of each coordinate, in the units of the vectors; above 0.'),
  }),
  create: fixedVector,
});
