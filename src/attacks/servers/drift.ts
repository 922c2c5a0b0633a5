import { z } from 'zod';
import type { ReadonlyVector, Vector } from '../../kernels/vector.js';
import { definePart } from '../../registry/part.js';
import { meanAt, stretch } from './seen-models.js';
import type { SeenModels, ServerAttackRule } from './server-attack.js';

/** The options of `drift`. */
export interface DriftOptions {
  /** The share of what is tolerated that is made use of, in [0, 1]. */
  readonly share: number;
}

/** Back from where the honest models are towards the start, as far from the centre as may be. */
const withinRadius = (
  honest: SeenModels,
  start: ReadonlyVector,
  centre: ReadonlyVector,
  length: number,
  out: Vector,
) => {
  for (let k = 0; k < out.length; k++) out[k] = start[k]! - meanAt(honest, k);
  stretch(out, length);
  for (let k = 0; k < out.length; k++) out[k] = centre[k]! + out[k]!;
};

/** In each coordinate towards the honest number that has made the least way from the start, on the side to which the mean has moved. */
const withinBox = ({ count, vectors }: SeenModels, start: ReadonlyVector, share: number, out: Vector) => {
  for (let k = 0; k < out.length; k++) {
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      const value = vectors[i]![k]!;
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const mean = sum / count;
    const gone = mean - start[k]!;
    const corner = gone > 0 ? low : gone < 0 ? high : mean;
    out[k] = mean + share * (corner - mean);
  }
};

/**
 * Undoes what training has done, by as much as readers can't object to. Where the reader's filter lets pass what is within some radius of a centre, the model
 * lies at `share` of that radius from the centre, in the direction from the honest models' mean back to the start: no model within
 * the filter's tolerance undoes more. Where there is no filter, readers take medians, or rules like it, which look at order in each coordinate: the
 * model lies at, or by `share` on the way from the mean to, that corner of the honest models' coordinate box which is nearest to the start
 * in each coordinate. It draws a median as far as any model does, and is told from honest ones by none of its coordinates. O(d·servers) a reader.
 */
export const drift = ({ share }: DriftOptions): ServerAttackRule => ({
  lie:
    () =>
    ({ honest, start, tolerance }, out) => {
      if (tolerance === undefined) withinBox(honest, start, share, out);
      else withinRadius(honest, start, tolerance.centre, share * tolerance.radius, out);
    },
});

export const driftPart = definePart({
  summary: 'Back to the start, as far as the reader’s filter, or the honest models’ coordinate box, lets it.',
  formula:
    'with a filter: centre + share·radius·(x⁰ − m)/‖x⁰ − m‖; else m + share·(b − m), b the corner of the honest models’ box towards x⁰',
  source:
    'Within the tolerance of filters: El-Mhamdi, Guerraoui & Guirguis, "Fast Machine Learning with Byzantine Workers and Servers", 2019 (LiuBei); within that of medians: Baruch, Baruch & Goldberg, NeurIPS 2019, in spirit',
  aliases: ['within-tolerance', 'slow-drift'],
  parameters: z.strictObject({
    share: z
      .number()
      .min(0)
      .max(1)
      .default(0.99)
      .describe('the share of what is tolerated that is made use of, in [0, 1]; less than 1 leaves room for rounding'),
  }),
  create: drift,
});
