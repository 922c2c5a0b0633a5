import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import type { Aggregator, AggregatorOperator, AggregatorRule, Shape } from './aggregator.js';
import { finiteVectors, type FiniteVectors } from './finite-vectors.js';
import { keepingTables } from './keeping-tables.js';
import { rewriting, type Rewriting } from './rewriting.js';
import type { RobustnessConstant } from './robustness-constant.js';

/** The options of `clippedDifferences`. */
export interface ClippedDifferencesOptions {
  /** λ: how long a difference may be for each unit of length that the model has moved, in 1/unit of length; above 0. */
  readonly lambda: number;
}

/**
 * Clipped differences: g^k = g^{k−1} + Agg({clip(g_i^k − g^{k−1})}), where the base rule Agg is given the vectors' differences
 * from the previous result, those that are longer than λ·‖x^k − x^{k−1}‖ shortened to it. So a result is no farther from the
 * previous one than F·λ·‖x^k − x^{k−1}‖ for a base with ‖Agg‖ ≤ F·max‖x_i‖, even if all vectors are Byzantine, as happens where
 * few workers are drawn for each round. What it remembers between calls is that one vector, in the run's memory. Before the
 * model has moved there is no previous result, and outside of a run nobody tells how far it has: there the result is the base
 * rule's, of the vectors as they are. A base that remembers its own results remembers differences. Vectors that aren't finite
 * are left out with their weight; with none left the result is the previous one, or NaN where there is none.
 * Malinovsky et al. 2024, eq. 10. O(d·m) besides the base rule. Throws a RangeError for λ that isn't finite and above 0.
 */
export const clippedDifferences = ({ lambda }: ClippedDifferencesOptions): AggregatorOperator => {
  if (!(lambda > 0 && lambda < Infinity))
    throw new RangeError(`clipped-differences.lambda: it is finite and above 0, got ${lambda}`);
  return (base) =>
    keepingTables(
      Object.assign(remembering(base, lambda, false), { inPlace: remembering(base, lambda, true) }),
      base.pairwise,
    );
};

/** What is known at a call. */
interface Memory {
  /** g^{k−1}. */
  readonly previous: Vector;
  /** How long differences from it may be; undefined where there is none. */
  radius: number | undefined;
  /** Whether nothing finite is there. */
  empty: boolean;
}

/** `inPlace`: the given vectors are written over. */
const remembering =
  (base: AggregatorRule, lambda: number, inPlace: boolean): AggregatorRule =>
  (shape) => {
    const { kernels = plainKernels(), precision = 'float64', dimension: longest, beginning } = shape;
    const { combine } = kernels.vectors;
    const moved = shape.followModel?.();
    const memory: Memory = {
      previous: kernels.memory.vector(precision, longest),
      radius: undefined,
      empty: false,
    };
    const { previous } = memory;
    // A copy that begins at another's previous result knows nothing of what that one's base remembers.
    const below = beginning && kernels.memory.vector(precision, longest);
    const rule = rewriting(
      base,
      (each) => differences(each, memory),
      (each): Shape => (below ? { ...each, beginning: below } : each),
    );
    const aggregate: Aggregator = (inPlace ? rule.inPlace! : rule)(shape);
    const terms: ReadonlyVector[] = [];
    const ones = Float64Array.of(1, 1);
    return (input, out) => {
      if (beginning) previous.set(beginning);
      const length = moved?.();
      memory.radius = length === undefined ? undefined : lambda * length;
      aggregate(input, out);
      if (memory.radius !== undefined) {
        if (memory.empty) out.fill(0);
        terms[0] = out;
        terms[1] = previous;
        combine(terms, ones, 2, input.dimension, out);
      }
      if (!memory.empty || memory.radius !== undefined) previous.set(out);
    };
  };

/** The finite vectors' differences from the previous result, shortened to the radius; the vectors themselves where there is none. */
const differences = (shape: Shape, memory: Memory): Rewriting => {
  const { combine, distancesToAll } = (shape.kernels ?? plainKernels()).vectors;
  const selectFinite = finiteVectors(shape);
  const squared = new Float64Array(shape.count);
  const scales = new Float64Array(shape.count);
  const pair: ReadonlyVector[] = [];
  const one: ReadonlyVector[] = [];
  const signs = Float64Array.of(1, -1);
  const scale = new Float64Array(1);
  let finite: FiniteVectors;
  return {
    take(input) {
      finite = selectFinite(input);
      const { count, dimension, vectors } = finite;
      const { previous, radius } = memory;
      memory.empty = count === 0;
      if (radius === undefined || count === 0) return finite;
      distancesToAll(vectors, count, previous, dimension, squared);
      for (let i = 0; i < count; i++) {
        const length = Math.sqrt(squared[i]!);
        scales[i] = length > radius ? radius / length : 1;
      }
      return finite;
    },
    write(out) {
      const { count, dimension, vectors } = finite;
      const { previous, radius } = memory;
      pair[1] = previous;
      signs[1] = radius === undefined ? 0 : -1;
      for (let i = 0; i < count; i++) {
        pair[0] = vectors[i]!;
        combine(pair, signs, 2, dimension, out[i]!);
        if (radius === undefined || scales[i] === 1) continue;
        one[0] = out[i]!;
        scale[0] = scales[i]!;
        combine(one, scale, 1, dimension, out[i]!);
      }
    },
  };
};

const constants: readonly RobustnessConstant[] = [];

export const clippedDifferencesPart = definePart({
  summary:
    'Clipped differences: the base rule is given the differences from the previous result, shortened to λ times the way that the model has gone.',
  source:
    'Malinovsky et al., "Byzantine Robustness and Partial Participation Can Be Achieved at Once: Just Clip Gradient Differences", NeurIPS 2024, eq. 10.',
  precondition: 'That of the base rule in most rounds, and a lambda of the size of the smoothness constant.',
  aliases: ['marina-clipping', 'clip-differences'],
  complexity: 'O(d·m) besides the base rule',
  constants,
  noConstant:
    'Honest vectors farther from the previous result are drawn nearer to it, too. What holds, whatever is sent and by how many: one result is no farther from the next than F·lambda·‖x^k − x^{k−1}‖ over a base with ‖A‖ <= F·max‖x_i‖. Before the model has moved, and outside of a run, it is the base rule.',
  lambdaIsNoShare: true as const,
  parameters: z.strictObject({
    lambda: z
      .number()
      .positive()
      .describe(
        'How long a difference may be for each unit of length that the model has moved; above 0. No share of the weight.',
      ),
  }),
  create: clippedDifferences,
});
