import { z } from 'zod';
import { plainKernels } from '../kernels/plain/plain-kernels.js';
import { sortColumn } from '../kernels/plain/column-order.js';
import { definePart } from '../registry/part.js';
import { keptShares } from '../weighted/kept-shares.js';
import { totalWeight } from '../weighted/total-weight.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import { againstHonest } from './against-honest.js';
import type { AttackRule, Knowledge } from './attack.js';

const knowledge: Knowledge = 'honest';

/** How much shorter than the honest vector that it takes the place of a lie is, relatively: it must survive rounding. */
const SHORTER = 1e-6;

/** What is kept of honest updates, relatively, where Byzantine ones are the majority: the shortest vector alone. */
const SLIVER = 1e-9;

/**
 * Anti-CGE, against comparative gradient elimination, which averages the h shortest of h honest and b Byzantine updates: the
 * honest updates that it keeps besides the lies are the h − b shortest; the lie is opposed to their sum, and as long as it can
 * be while all lies are kept, just shorter (by 1e-6) than the first honest vector that isn't. Where b ≥ h it is opposed to the
 * shortest honest vector, and just shorter. As in ByzantineMomentum (Rouault, EPFL), whose sum counts the shortest vector twice.
 * Updates of the same length share what is kept. Zero as long as the server holds no honest vector. O(d·m + m·log m).
 */
export const antiCge = (): AttackRule =>
  againstHonest({
    attack: (shape) => {
      const { combine, squaredNorm } = (shape.kernels ?? plainKernels()).vectors;
      const keep = keptShares(shape.count);
      const limitOf = lengthAfter(shape.count);
      const squaredNorms = new Float64Array(shape.count);
      const shares = new Float64Array(shape.count);
      return ({ honest: { count, dimension, vectors, weights }, byzantineWeight }, out) => {
        for (let i = 0; i < count; i++) squaredNorms[i] = squaredNorm(vectors[i]!, dimension);
        const total = totalWeight(weights, count);
        const kept = Math.max(SLIVER * total, total - byzantineWeight);
        keep(squaredNorms, weights, count, kept, shares);
        combine(vectors, shares, count, dimension, out);
        const length = Math.sqrt(squaredNorm(out));
        const scale = length > 0 ? ((1 - SHORTER) * limitOf(squaredNorms, weights, count, kept)) / length : 0;
        for (let k = 0; k < dimension; k++) out[k]! *= -scale;
      };
    },
  });

/** Claims scratch memory: the length of the first vector, in the order of their lengths, with which more weight than `kept` is passed. */
const lengthAfter = (most: number) => {
  const ascending = new Float64Array(most);
  const places = new Float64Array(most);
  return (squaredNorms: Float64Array, weights: ReadonlyVector, count: number, kept: number): number => {
    for (let i = 0; i < count; i++) {
      ascending[i] = squaredNorms[i]!;
      places[i] = i;
    }
    sortColumn(ascending, places, 0, count - 1);
    let r = 0;
    let passed = weights[places[0]!]!;
    while (r < count - 1 && passed <= kept) passed += weights[places[++r]!]!;
    return Math.sqrt(ascending[r]!);
  };
};

export const antiCgePart = definePart({
  summary: 'Anti-CGE: opposed to the honest vectors that CGE keeps, and just short enough to be kept, too.',
  source: 'ByzantineMomentum’s anticge (Rouault, EPFL 2021), against Gupta, Liu & Vaidya 2020.',
  precondition: 'Sees the honest vectors at the server; aims at the rule cge.',
  aliases: ['anticge'],
  knowledge,
  formula: '−ℓ·u/‖u‖, u the sum of the h − b shortest honest updates, ℓ just below the length of the next',
  parameters: z.strictObject({}),
  create: antiCge,
});
