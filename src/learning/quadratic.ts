import pow from '@stdlib/math-base-special-pow';
import { z } from 'zod';
import { normal } from '../random/normal.js';
import { definePart } from '../registry/part.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { ObjectiveRule } from './objective-rule.js';
import type { Batch, Objective, Share } from './objective.js';

/** What is known of a quadratic, for holding theorems against. */
export interface Quadratic extends Objective {
  /** L, the largest eigenvalue. */
  smoothness(): number;
  /** L/condition, the smallest eigenvalue. */
  strongConvexity(): number;
  /** A sample without noise, whatever the share. */
  whole(share: Share): Batch;
  /** x*, where f is 0, its least value. */
  readonly optimum: ReadonlyVector;
  /** f(params), without noise. */
  value(params: ReadonlyVector): number;
}

/** The options of `quadratic`; `start` and `distance` exclude each other. */
export interface QuadraticOptions {
  /** Number of parameters, at least 1. */
  dimension: number;
  /** L, the largest eigenvalue, above 0. */
  smoothness: number;
  /** The largest over the smallest eigenvalue, at least 1. */
  condition: number;
  /** σ, root mean square length of the gradient noise, at least 0. */
  noise: number;
  /** Every coordinate of the optimum. */
  optimum: number;
  /** Every coordinate of the starting point; 1 when neither this nor `distance` is given. */
  start?: number | undefined;
  /** Distance of the starting point from the optimum, at least 0. */
  distance?: number | undefined;
}

/** A sample without noise. */
const silent = (dimension: number): Batch => ({
  rows: new Int32Array(0),
  labels: new Float64Array(0),
  noise: new Float64Array(dimension),
});

/**
 * f(x; ξ) = ½(x − x*)ᵀA(x − x*) − ⟨ξ, x − x*⟩ with A diagonal, its eigenvalues equally spaced in the logarithm from
 * `smoothness` down to `smoothness`/`condition`, and ξ normal, the same in every direction, with E‖ξ‖² = noise². With
 * smoothness and condition 1 that is ½‖x − z‖² at z = x* + ξ, up to a constant. Scores: `error` f(x) − f(x*), `distance`
 * ‖x − x*‖. The noise is that of one sample, whatever the batch.
 */
export const quadratic = definePart({
  summary: 'A quadratic with a known optimum and normal gradient noise: theory in numbers; float64.',
  source: 'Nesterov 2018, section 2.1',
  needsData: false,
  parameters: z.object({
    dimension: z.number().int().positive().max(1e7).default(10).describe('number of parameters, from 1 to 10,000,000'),
    smoothness: z.number().positive().default(1).describe('largest eigenvalue L, above 0'),
    condition: z.number().min(1).default(1).describe('largest over smallest eigenvalue, at least 1'),
    noise: z.number().nonnegative().default(0).describe('σ, root mean square length of the gradient noise, at least 0'),
    optimum: z.number().default(0).describe('every coordinate of the optimum'),
    start: z
      .number()
      .optional()
      .describe('every coordinate of the starting point; 1 when neither this nor distance is given'),
    distance: z
      .number()
      .nonnegative()
      .optional()
      .describe('distance of the starting point from the optimum, at least 0; instead of start'),
  }),
  create: (options: QuadraticOptions): ObjectiveRule<Quadratic> => {
    const { dimension, smoothness, condition, noise } = options;
    if (options.start !== undefined && options.distance !== undefined) {
      throw new RangeError(
        `model quadratic takes start or distance, not both; got start ${options.start} and distance ${options.distance}`,
      );
    }
    const start =
      options.distance === undefined ? (options.start ?? 1) : options.optimum + options.distance / Math.sqrt(dimension);
    return ({ data }) => {
      if (data !== undefined) throw new RangeError(`model quadratic learns from no data, but ${data.name} is named`);
      const optimum = new Float64Array(dimension).fill(options.optimum);
      const eigenvalues = Float64Array.from({ length: dimension }, (_, k) =>
        k === 0 ? smoothness : smoothness * pow(condition, -k / (dimension - 1)),
      );
      const coordinate = normal(0, noise / Math.sqrt(dimension));
      const value = (params: ReadonlyVector): number => {
        let sum = 0;
        for (let k = 0; k < dimension; k++) {
          const difference = params[k]! - optimum[k]!;
          sum += eigenvalues[k]! * difference * difference;
        }
        return sum / 2;
      };
      return {
        dimension,
        precision: 'float64',
        statistics: 0,
        classes: 0,
        metric: { name: 'error', better: 'less' },
        smoothness: () => smoothness,
        strongConvexity: () => eigenvalues[dimension - 1]!,
        optimum,
        value,
        initial: (_random, out) => void out.fill(start),
        initialStatistics: () => undefined,
        batch: () => silent(dimension),
        whole: () => silent(dimension),
        draw: (random, _share, batch) => {
          if (noise === 0) return;
          for (let k = 0; k < dimension; k++) batch.noise[k] = coordinate.sample(random);
        },
        gradient: (params, batch, out) => {
          const { noise: sample } = batch;
          let inner = 0;
          let sum = 0;
          for (let k = 0; k < dimension; k++) {
            const difference = params[k]! - optimum[k]!;
            const slope = eigenvalues[k]! * difference;
            inner += sample[k]! * difference;
            sum += slope * difference;
            out[k] = slope - sample[k]!;
          }
          return sum / 2 - inner;
        },
        *evaluate(params) {
          yield;
          let squares = 0;
          for (let k = 0; k < dimension; k++) {
            const difference = params[k]! - optimum[k]!;
            squares += difference * difference;
          }
          return { error: value(params), distance: Math.sqrt(squares) };
        },
      };
    };
  },
});
