import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { AggregatorRule, Shape, WeightedVectors } from './aggregator.js';
import { finiteVectors, LONGEST_SQUARED } from './finite-vectors.js';
import type { RobustnessConstant } from './robustness-constant.js';

/** The options of `fltrust`. */
export interface FltrustOptions {
  /** The worker, from 1, whose vector is trusted; default 1. The vector itself comes with the input. */
  readonly trusted?: number | undefined;
}

const check = ({ trusted = 1 }: FltrustOptions, count: number): void => {
  if (trusted > count) throw new RangeError(`fltrust.trusted: it is one of ${count} workers, got ${trusted}`);
};

/**
 * FLTrust: the mean of the vectors, each stretched to the length of the trusted vector g and weighted by its weight times its
 * trust score, max(0, cos(x_i, g)). The trusted worker's own vector counts among them, with score 1. The result is no longer than
 * g and points to its side, whatever share of the others lies; it has no c_λ, since it doesn't follow the honest mean's length.
 * Where nothing is trusted, because g isn't there yet, is 0 or isn't finite, or because no score is above 0, the result is 0.
 * Vectors of 0 or that aren't finite have the score 0. Cao et al. 2021. O(d·m).
 * Throws a RangeError for a trusted worker that isn't a whole number from 1 on, or is none of the workers.
 */
export const fltrust = ({ trusted = 1 }: FltrustOptions = {}): AggregatorRule => {
  if (!(Number.isInteger(trusted) && trusted >= 1))
    throw new RangeError(`fltrust.trusted: workers are numbered from 1, got ${trusted}`);
  return (shape) => {
    check({ trusted }, shape.count);
    return trustingMean(shape);
  };
};

const trustingMean: AggregatorRule = (shape: Shape) => {
  const { kernels = plainKernels(), precision = 'float64', count: most, dimension: longest } = shape;
  const { differenceProduct, squaredNorm, combine } = kernels.vectors;
  const selectFinite = finiteVectors(shape);
  const origin = kernels.memory.vector(precision, longest);
  const shares = new Float64Array(most);
  /** Writes the coefficients of the vectors but for a common factor, and returns that. */
  const trust = ({ count, dimension, vectors, weights }: WeightedVectors, norms: Float64Array, g: ReadonlyVector) => {
    const length = Math.sqrt(squaredNorm(g, dimension));
    let total = 0;
    for (let i = 0; i < count; i++) {
      const own = Math.sqrt(norms[i]!);
      const cosine = own > 0 ? differenceProduct(vectors[i]!, g, origin, dimension) / own / length : 0;
      const score = cosine > 0 ? weights[i]! * cosine : 0;
      shares[i] = score === 0 ? 0 : score * (length / own);
      total += score;
    }
    return total;
  };
  return (input, out) => {
    const finite = selectFinite(input);
    const { trusted: g } = input;
    const squared = g ? squaredNorm(g, input.dimension) : 0;
    const total = g && squared > 0 && squared < LONGEST_SQUARED ? trust(finite, finite.squaredNorms, g) : 0;
    if (total === 0) {
      out.fill(0);
      return;
    }
    for (let i = 0; i < finite.count; i++) shares[i]! /= total;
    combine(finite.vectors, shares, finite.count, finite.dimension, out);
  };
};

const constants: readonly RobustnessConstant[] = [];

export const fltrustPart = definePart({
  summary: 'FLTrust: the mean of the vectors by how far they point where a trusted one points, all of its length.',
  source: 'Cao, Fang, Liu & Gong, "FLTrust: Byzantine-robust Federated Learning via Trust Bootstrapping", NDSS 2021.',
  precondition: 'The trusted worker is honest.',
  complexity: 'O(d·m)',
  constants,
  noConstant:
    'It looks at one vector, which honest ones need not resemble; the result is no longer than the trusted vector.',
  check,
  parameters: z.strictObject({
    trusted: z.int().min(1).default(1).describe('The worker whose vector is trusted; its number, from 1.'),
  }),
  create: fltrust,
});
