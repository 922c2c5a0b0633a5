import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { squaredNorm } from '../kernels/plain/norm.js';
import { definePart } from '../registry/part.js';
import { krumScores } from '../weighted/krum-scores.js';
import { totalWeight } from '../weighted/total-weight.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import type { Shape, WeightedVectors } from '../weighted/aggregator.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** The options of `fang-krum`. */
export interface FangKrumOptions {
  /** The search for λ ends below this; above 0. Default 1e-5. */
  readonly threshold?: number;
}

/**
 * Local model poisoning of Krum, with full knowledge: −λ·sign(μ), μ the weighted mean of the honest vectors, with the largest
 * λ of λ₀, λ₀/2, λ₀/4, … that Krum would choose if all Byzantine updates were that lie. With h honest and b Byzantine updates,
 * λ₀ = min_i Σ‖x_i − x_j‖/((h − b − 1)·√d) + max_i ‖x_i‖/√d, the sum over the h − 2 honest updates nearest to x_i: theorem 1 of
 * Fang et al., USENIX Security 2020; h − b − 1 counts as 1 where it is less. Theirs are models, here vectors that are descended
 * along, so that the global model is 0. Where no λ ≥ `threshold` = 1e-5 is chosen, the worker sends its own vector. All updates
 * of a worker count as copies of its latest vector, as by repeats. Zero as long as the server holds no honest vector.
 * O(d·m²/2 + m²·log m·log(λ₀/threshold)).
 */
export const fangKrum = ({ threshold = 1e-5 }: FangKrumOptions = {}): AttackRule =>
  againstHonest({
    needsOwn: true,
    attack: (shape) => {
      const { dimension } = shape;
      const average = weightedMean()(shape);
      const signs = new Float64Array(dimension);
      const trial = krumTrial(shape, signs);
      return ({ honest, byzantineWeight }, out) => {
        average(honest, signs);
        for (let k = 0; k < dimension; k++) signs[k] = Math.sign(signs[k]!);
        let lambda = trial.look(honest, byzantineWeight);
        while (lambda >= threshold && !trial.chosen(lambda)) lambda /= 2;
        if (!(lambda >= threshold)) return;
        for (let k = 0; k < dimension; k++) out[k] = 0 - lambda * signs[k]!;
      };
    },
  });

/** Krum, tried on lies. */
interface KrumTrial {
  /** Takes in honest vectors and how many Byzantine updates there are beside them; returns λ₀. */
  look(honest: WeightedVectors, byzantineWeight: number): number;
  /** Whether Krum would choose −λ·signs. */
  chosen(lambda: number): boolean;
}

const krumTrial = (shape: Shape, signs: Float64Array): KrumTrial => {
  const { squaredDistances } = (shape.kernels ?? plainKernels()).vectors;
  const most = shape.count + 1;
  const between = new Float64Array(shape.count * shape.count);
  const weights = new Float64Array(most);
  const norms = new Float64Array(shape.count);
  const products = new Float64Array(shape.count);
  const scores = new Float64Array(most);
  const sumDistances = krumScores(shape.count, false);
  const sumSquares = krumScores(most, true);
  // The lie stands behind the honest vectors.
  const all = { count: 0, squared: new Float64Array(most * most), weights };
  let scored = 0;
  let signLength = 0;
  return {
    look: ({ count, dimension, vectors, weights: updates }, byzantineWeight) => {
      const honestWeight = totalWeight(updates, count);
      // Krum sums over n − f − 2 others, here (h + b) − b − 2; with the vector itself h − 1. The bound's sum is over as many.
      scored = Math.max(1, honestWeight - 1);
      signLength = squaredNorm(signs);
      squaredDistances(vectors, count, dimension, between);
      all.count = count + 1;
      let longest = 0;
      for (let i = 0; i < count; i++) {
        weights[i] = updates[i]!;
        for (let j = 0; j < count; j++) all.squared[i * (count + 1) + j] = between[i * count + j]!;
        measure(vectors[i]!, signs, i, norms, products);
        longest = Math.max(longest, norms[i]!);
      }
      weights[count] = byzantineWeight;
      sumDistances({ count, squared: between, weights }, scored, scores);
      const nearest = least(scores, count) * scored;
      return (nearest / Math.max(1, honestWeight - byzantineWeight - 1) + Math.sqrt(longest)) / Math.sqrt(dimension);
    },
    chosen: (lambda) => {
      const { count, squared } = all;
      const lie = count - 1;
      squared[lie * count + lie] = 0;
      for (let i = 0; i < lie; i++) {
        const distance = Math.max(0, norms[i]! + 2 * lambda * products[i]! + lambda * lambda * signLength);
        squared[i * count + lie] = squared[lie * count + i] = distance;
      }
      sumSquares(all, scored, scores);
      return scores[lie]! <= least(scores, lie);
    },
  };
};

/** Writes ‖x‖² and ⟨x, signs⟩ to place `i`. */
const measure = (
  x: ArrayLike<number>,
  signs: Float64Array,
  i: number,
  norms: Float64Array,
  products: Float64Array,
): void => {
  let [squared, along] = [0, 0];
  for (let k = 0; k < signs.length; k++) {
    squared += x[k]! * x[k]!;
    along += x[k]! * signs[k]!;
  }
  norms[i] = squared;
  products[i] = along;
};

/** The least of the first `count` numbers. */
const least = (numbers: Float64Array, count: number): number => {
  let found = Infinity;
  for (let i = 0; i < count; i++) found = Math.min(found, numbers[i]!);
  return found;
};

export const fangKrumPart = definePart({
  summary: 'Local model poisoning of Krum: as far against the mean’s sign as Krum would still choose the lie.',
  source:
    'Fang, Cao, Jia & Gong, "Local Model Poisoning Attacks to Byzantine-Robust Federated Learning", USENIX Security 2020.',
  precondition: 'Sees the honest vectors at the server: the paper’s full knowledge.',
  aliases: ['fang'],
  knowledge,
  formula: '−λ·sign(μ), largest λ of λ₀/2^k that Krum chooses',
  parameters: z.strictObject({
    threshold: z
      .number()
      .positive()
      .default(1e-5)
      .describe('The search for λ ends below this, in the units of the vectors; above 0.'),
  }),
  create: fangKrum,
});
