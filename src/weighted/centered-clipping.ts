import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule, WeightedVectors } from './aggregator.js';
import { finiteVectors } from './finite-vectors.js';
import { measuredVectors } from './measured-vectors.js';
import type { RobustnessConstant } from './robustness-constant.js';
import { totalWeight } from './total-weight.js';

/** The options of `centeredClipping`. */
export interface CenteredClippingOptions {
  /** τ: how far one vector may pull, in the units of the vectors; above 0. */
  readonly radius: number;
  /** Number of steps, at least 1. Default 1. */
  readonly iterations?: number;
  /** Where the first step begins: at the previous result, 0 before the first, which is the default, or always at 0. */
  readonly start?: 'previous' | 'zero';
}

/**
 * Centred clipping: `iterations` steps v ← v + Σs_i·min(1, τ/‖x_i − v‖)·(x_i − v) / Σs_i, from the previous result on, so
 * that one vector moves the result by no more than τ times its share of the weight in each step. What it remembers between
 * calls is that one vector, in the run's memory. Its guarantee is one for a whole run with momentum, where the previous result
 * is near the honest mean; for given vectors it has no c_λ. Vectors that aren't finite are left out with their weight; with
 * none left the result stays where it was. The unweighted rule is this one with unit weights.
 * Karimireddy, He & Jaggi 2021. O(iterations·d·m). Throws a RangeError for a radius that isn't above 0.
 */
export const centeredClipping = ({
  radius,
  iterations = 1,
  start = 'previous',
}: CenteredClippingOptions): AggregatorRule => {
  if (!(radius > 0 && radius < Infinity))
    throw new RangeError(`centered-clipping.radius: it is finite and above 0, got ${radius}`);
  return (shape) => {
    const { kernels = plainKernels(), precision = 'float64', count: most, dimension: longest } = shape;
    const { roughDistancesToAll, combine } = kernels.vectors;
    const selectFinite = finiteVectors(shape, true);
    const squared = new Float64Array(most);
    const shares = new Float64Array(most + 1);
    const terms: ReadonlyVector[] = [];
    let point: Vector = kernels.memory.vector(precision, longest);
    let next: Vector = kernels.memory.vector(precision, longest);
    const measure = measuredVectors(shape, {
      distances: ({ vectors, count, dimension }) => roughDistancesToAll(vectors, count, point, dimension, squared),
      point: () => point,
    });
    const fromZero = (input: WeightedVectors): WeightedVectors => {
      const finite = selectFinite(input);
      point.fill(0);
      squared.set(finite.squaredNorms);
      return finite;
    };
    return (input, out) => {
      if (shape.beginning) point.set(shape.beginning);
      const { count, dimension, vectors, weights } = start === 'zero' ? fromZero(input) : measure(input, squared);
      for (let i = 0; i < count; i++) terms[i] = vectors[i]!;
      for (let iteration = 0; iteration < iterations && count > 0; iteration++) {
        if (iteration > 0) roughDistancesToAll(vectors, count, point, dimension, squared);
        clippedShares(weights, squared, count, radius, shares);
        terms[count] = point;
        combine(terms, shares, count + 1, dimension, next);
        [point, next] = [next, point];
      }
      out.set(dimension === longest ? point : point.subarray(0, dimension));
    };
  };
};

/** Writes s_i/Σs_j·min(1, τ/‖x_i − v‖) for each vector, and what is left of 1 for v. */
const clippedShares = (
  weights: ReadonlyVector,
  squared: Float64Array,
  count: number,
  radius: number,
  shares: Float64Array,
): void => {
  const total = totalWeight(weights, count);
  let rest = 0;
  for (let i = 0; i < count; i++) {
    const distance = Math.sqrt(squared[i]!);
    const pull = distance > radius ? radius / distance : 1;
    shares[i] = (weights[i]! / total) * pull;
    rest += (weights[i]! / total) * (1 - pull);
  }
  shares[count] = rest;
};

const constants: readonly RobustnessConstant[] = [];

export const centeredClippingPart = definePart({
  summary: 'Centred clipping: steps from the previous result, in which no vector pulls farther than a radius.',
  source: 'Karimireddy, He & Jaggi, "Learning from History for Byzantine Robust Optimization", ICML 2021.',
  precondition: 'A radius of the size of the honest vectors’ distances from the previous result.',
  aliases: ['centred-clipping', 'centeredclipping', 'cc'],
  complexity: 'O(iterations·d·m)',
  constants,
  noConstant:
    'Its guarantee is for a whole run, where the previous result is near the honest mean; for given vectors the radius is a length of its own. Each step moves by at most the radius.',
  parameters: z.strictObject({
    radius: z.number().positive().describe('How far one vector may pull, in the units of the vectors; above 0.'),
    iterations: z.int().min(1).default(1).describe('Number of steps; at least 1.'),
    start: z
      .enum(['previous', 'zero'])
      .default('previous')
      .describe('Where the first step begins: at the previous result, as published, or always at 0.'),
  }),
  create: centeredClipping,
});
