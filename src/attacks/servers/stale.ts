import { z } from 'zod';
import type { Vector } from '../../kernels/vector.js';
import { definePart } from '../../registry/part.js';
import type { ServerAttackRule } from './server-attack.js';

/** Steps by which readers may be apart for the slower one to be sent a model of the right age. */
const SLACK = 2;

/** The options of `stale`. */
export interface StaleOptions {
  /** Age of the model that is sent, in steps; a whole number >= 1. */
  readonly age: number;
}

/** What a server would have sent at the latest steps; of each, what was read of it first. */
class Ring {
  readonly #steps: Float64Array;

  constructor(readonly vectors: readonly Vector[]) {
    this.#steps = new Float64Array(vectors.length).fill(-1);
  }

  keep(step: number, model: Vector): void {
    const place = step % this.vectors.length;
    if (this.#steps[place]! >= step) return;
    this.#steps[place] = step;
    this.vectors[place]!.set(model);
  }

  /** The newest that is of `step` at the latest, else the oldest. */
  of(step: number): Vector {
    let [best, oldest] = [-1, 0];
    this.#steps.forEach((kept, i) => {
      if (kept < 0) return;
      if (kept <= step && kept > (this.#steps[best] ?? -1)) best = i;
      if (this.#steps[oldest]! < 0 || kept < this.#steps[oldest]!) oldest = i;
    });
    return this.vectors[best < 0 ? oldest : best]!;
  }
}

/**
 * Every reader is sent the model that the server would honestly have sent `age` steps ago: the starting model before there are so
 * many. A reader that is more than two steps behind another is sent the oldest that is remembered. Claims age + 3 vectors. O(d) a reader.
 */
export const stale = ({ age }: StaleOptions): ServerAttackRule => ({
  vectors: age + 1 + SLACK,
  lie: ({ dimension, precision, kernels }) => {
    const ring = new Ring(kernels.memory.matrix(precision, age + 1 + SLACK, dimension));
    return ({ step, start }, out) => {
      ring.keep(step, out);
      out.set(step < age ? start : ring.of(step - age));
    };
  },
});

export const stalePart = definePart({
  summary: 'An old model: what the server would have sent some steps ago.',
  formula: 'v of age steps ago; x⁰ before there are so many',
  source: 'Replay of old messages; staleness of models: Ho et al., "Stale Synchronous Parallel", NeurIPS 2013',
  aliases: ['old-model', 'replay'],
  parameters: z.strictObject({
    age: z.int().min(1).max(1000).default(20).describe('age of the model that is sent, in steps, 1 to 1000'),
  }),
  create: stale,
});
