import { z } from 'zod';
import { newVector, type Vector } from '../kernels/vector.js';
import { definePart } from '../registry/part.js';
import { weightedMean } from '../weighted/weighted-mean.js';
import { widest, type AttackRule, type Defence, type Knowledge } from './attack.js';
import { displace } from './displacement.js';
import { attackOption, onVectors } from './nested.js';

const knowledge: Knowledge = 'defence';

/** The options of `optimal`. */
export interface OptimalOptions {
  /** The attack whose displacement from the honest mean is stretched; on the vectors that are sent. */
  readonly attack: AttackRule;
  /** How often the rule is tried for each message, from 1 to 256. Default 16. */
  readonly evaluations?: number;
  /** Whether strengths below 0, on the other side of the honest mean, are tried as well. Default false. */
  readonly negative?: boolean;
}

/** By how much the step shrinks when neither side is better, as in ByzFL's search. */
const SHRINK = 0.8;

/** The first `count` strengths that are tried: 1, 2, 1/2, 4, 1/4, 8, …; with `negative`, each with its opposite after it. */
export const strengthGrid = (count: number, negative = false): readonly number[] =>
  Array.from({ length: count }, (_, i) => {
    const place = negative ? i >> 1 : i;
    const size = place % 2 === 1 ? 2 ** ((place + 1) / 2) : 2 ** -(place / 2);
    return negative && i % 2 === 1 ? -size : size;
  });

/** Of so many evaluations, how many strengths of the grid are tried: half of them, rounded up. */
export const gridSize = (evaluations: number): number => Math.ceil(evaluations / 2);

/** The strength that moves a defence farthest, and how far. */
interface Best {
  strength: number;
  distance: number;
}

/**
 * Looks for the strength with the greatest `distance`: on the grid, then by contraction about the best of it: a step of half of its
 * size is tried up, then down (reflected at 0, unless the other side counts); where neither is better, the step shrinks by 0.8. What is
 * better becomes the best; of equals the first.
 */
const search = (
  { evaluations, negative }: Required<Omit<OptimalOptions, 'attack'>>,
  grid: readonly number[],
  distance: (strength: number) => number,
  best: Best,
): void => {
  best.distance = -1;
  const improves = (strength: number): boolean => {
    const tried = negative ? strength : Math.abs(strength);
    const far = distance(tried);
    if (far <= best.distance) return false;
    best.strength = tried;
    best.distance = far;
    return true;
  };
  for (const strength of grid) improves(strength);
  let step = Math.abs(best.strength) / 2;
  for (let left = evaluations - grid.length; left > 0; left--) {
    if (improves(best.strength + step)) continue;
    if (--left > 0 && improves(best.strength - step)) continue;
    step *= SHRINK;
  }
};

/**
 * The strength of another attack that does this very defence the most harm: of v_s = μ + s·(v_1 − μ), with the honest vectors' weighted
 * mean μ and what the other attack sends, v_1, the s that maximises ‖F(rows with v_s) − μ‖ among those tried, where F is the server's
 * rule on what it holds (see `Defence`). A result that isn't finite is as far as can be. Tried are, of `evaluations`, half (rounded
 * up) on a grid, of which s = 1 is the first, so that it never does less harm than v_1 by its own reckoning; and the others by
 * contraction about the best of these. Strengths are above 0, as published, so that the harm of one step adds to that of the last;
 * with `negative` either side is tried, which harms single steps more and long runs often less, since sides take turns. The other
 * attack's v_1 where the server holds no honest vector.
 * The line search of ByzFL's and ByzantineMomentum's optimal attacks (El-Mhamdi, Guerraoui & Rouault, ICLR 2021), which begin at one
 * strength and double it, with a grid in place of that, since a rule may be moved far by small strengths or by large ones. O(d·m) and `evaluations` times the rule, a message.
 * @throws RangeError for an attack on something else than vectors, or a number of evaluations out of its range.
 */
export const optimal = ({ attack: given, evaluations = 16, negative = false }: OptimalOptions): AttackRule => {
  const inner = onVectors(given, 'optimal');
  if (!(Number.isInteger(evaluations) && evaluations >= 1 && evaluations <= 256))
    throw new RangeError(`optimal.evaluations: a whole number from 1 to 256 is needed, got ${evaluations}`);
  const grid = strengthGrid(gridSize(evaluations), negative);
  return {
    ...inner,
    knowledge: widest(knowledge, inner.knowledge),
    attack: (shape) => {
      const { precision = 'float64', dimension } = shape;
      const lies = inner.attack(shape);
      const average = weightedMean()(shape);
      const claim = (): Vector => newVector(precision, dimension);
      const [mean, first, tried, moved] = [claim(), claim(), claim(), claim()] as const;
      const best: Best = { strength: 1, distance: -1 };
      let defence: Defence | null = null;
      const distance = (strength: number): number => {
        displace(mean, first, strength, tried);
        defence!.aggregate(tried, moved);
        let squared = 0;
        for (let k = 0; k < dimension; k++) squared += (moved[k]! - mean[k]!) ** 2;
        return Number.isFinite(squared) ? squared : Infinity;
      };
      return (view, out) => {
        lies(view, out);
        if (view.honest.count === 0) return;
        average(view.honest, mean);
        first.set(out);
        defence = view.defence;
        search({ evaluations, negative }, grid, distance, best);
        displace(mean, first, best.strength, out);
      };
    },
  };
};

export const optimalPart = definePart({
  summary: 'Another attack, stretched so far from the honest mean as moves this server’s rule the most.',
  formula: 'μ + s·(v − μ), s the worst for the rule',
  source:
    'Line search on the strength: El-Mhamdi, Guerraoui & Rouault, ICLR 2021 (ByzantineMomentum); Shejwalkar & Houmansadr, NDSS 2021; ByzFL.',
  precondition: 'Sees the honest vectors at the server, and can try its rule.',
  aliases: ['opt', 'line-search'],
  knowledge,
  parameters: z.strictObject({
    attack: attackOption(
      'the attack that is stretched, on the vectors that are sent: a name, or an object with kind and options',
    ),
    evaluations: z
      .int()
      .min(1)
      .max(256)
      .default(16)
      .describe(
        'how often the rule is tried for each message, from 1 to 256: half on the grid 1, 2, 1/2, 4, 1/4, …, half about the best',
      ),
    negative: z
      .boolean()
      .default(false)
      .describe('whether strengths below 0, on the other side of the honest mean, are tried as well'),
  }),
  create: optimal,
});
