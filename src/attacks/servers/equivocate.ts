import { z } from 'zod';
import { definePart } from '../../registry/part.js';
import { normalDraw } from '../normal-draw.js';
import { diameterOf, meanAt, progressOf, stretch } from './seen-models.js';
import type { ServerAttackRule } from './server-attack.js';

/** The options of `equivocate`. */
export interface EquivocateOptions {
  /** How far from the honest models' mean a reader's model lies, in units of `scale`; finite, >= 0. */
  readonly distance: number;
  /**
   * The unit: how far training has come, ‖mean − start‖, which stays coarse however near honest servers come to each other; or
   * the diameter of the honest models that are read, among which lies hide.
   */
  readonly scale: 'progress' | 'diameter';
  /** Whether each reader has a direction of its own, or one half of them is drawn one way and the other half the opposite way. */
  readonly readers: 'each' | 'halves';
}

/**
 * Readers are sent different models: the honest ones' mean, moved by `distance` units along a direction of the reader, which stays
 * the same through the run and is the same for all liars, so that their lies add up. With halves, readers of odd numbers and those
 * of even ones, which parts both workers and servers, are drawn apart along one line. In a unit that is 0, as before the first step,
 * all are sent the mean. O(d·servers), or O(d·servers²) by diameters, a reader; one draw a coordinate.
 */
export const equivocate = ({ distance, scale, readers }: EquivocateOptions): ServerAttackRule => ({
  lie:
    ({ random }) =>
    ({ honest, start, reader }, out) => {
      const unit = scale === 'progress' ? progressOf(honest, start) : diameterOf(honest);
      const draws = random(readers === 'each' ? `reader ${reader}` : 'halves');
      const sign = readers === 'halves' && reader % 2 === 0 ? -1 : 1;
      for (let k = 0; k < out.length; k++) out[k] = normalDraw(draws);
      stretch(out, sign * distance * unit);
      for (let k = 0; k < out.length; k++) out[k] = meanAt(honest, k) + out[k]!;
    },
});

export const equivocatePart = definePart({
  summary: 'Different models for different readers: the honest ones’ mean, moved another way for each of them.',
  formula: 'm + distance·scale·u, u a unit vector of the reader; or ±u, for halves of them',
  source:
    'Equivocation: Lamport, Shostak & Pease, "The Byzantine Generals Problem", TOPLAS 1982; of parameter servers: El-Mhamdi et al., PODC 2020',
  aliases: ['different-models', 'two-faced'],
  parameters: z.strictObject({
    distance: z
      .number()
      .min(0)
      .max(1e9)
      .default(1)
      .describe('how far from the honest models’ mean a reader’s model lies, in units of scale, >= 0'),
    scale: z
      .enum(['progress', 'diameter'])
      .default('progress')
      .describe('the unit: how far the mean has come from the start, or the diameter of the honest models'),
    readers: z
      .enum(['each', 'halves'])
      .default('each')
      .describe('each reader has a direction of its own, or two halves of them have opposite ones'),
  }),
  create: equivocate,
});
