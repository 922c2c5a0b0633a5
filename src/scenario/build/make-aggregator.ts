import type { Registered } from '../../registry/part.js';
import type { AggregatorOperator, AggregatorRule } from '../../weighted/aggregator.js';
import { aggregators, needsEqualWeights, operators, type Requirements } from '../../weighted/index.js';
import type { Choice } from '../choice.js';
import { fitting, Misfit, type Path } from '../misfit.js';
import { makePart } from './make-part.js';

/** All that an aggregator can name. */
const rules: Readonly<Record<string, Registered<unknown> & Requirements<never>>> = { ...aggregators, ...operators };

/** What the vectors of a scenario are like, as far as rules ask. */
export interface Vectors {
  readonly count: number;
  /** Whether all weigh the same, whatever their workers have delivered. */
  readonly equal: boolean;
}

/** Refuses a rule whose precondition can't hold. */
const requireFitting = ({ kind, base: _, ...options }: Choice, vectors: Vectors, path: Path): void => {
  const requirements = rules[kind]!;
  fitting(path, () => requirements.check?.(options as never, vectors.count));
  if (vectors.equal || !needsEqualWeights(requirements, options)) return;
  const { weights, weightedVariants } = requirements;
  const variant = weightedVariants ? `, with variant: ${weightedVariants.join(' or ')}` : '';
  const way = weights === 'equal' ? '' : `, or give lambda, a share of the weight, in place of f${variant}`;
  throw new Misfit(path, `${kind} counts vectors, so they must have one weight; set weights: uniform${way}`);
};

/** What the rule below an operator is given. */
const belowOperator = ({ kind, base: _, ...options }: Choice, vectors: Vectors): Vectors => {
  const { given } = rules[kind]!;
  return given ? { ...vectors, count: given(options as never, vectors.count) } : vectors;
};

/** The worker, from 0, whose vector the rule below all operators trusts; undefined where it trusts none. */
export const trustedIn = ({ base, trusted }: Choice): number | undefined =>
  base === undefined ? (trusted === undefined ? undefined : (trusted as number) - 1) : trustedIn(base as Choice);

/** Makes the chosen rule or, of a chain, an operator on the rule that is its base. */
export const makeAggregator = async (chosen: Choice, vectors: Vectors, path: Path): Promise<AggregatorRule> => {
  const operates = Object.hasOwn(operators, chosen.kind);
  const made = operates
    ? await makePart<AggregatorOperator>(operators, chosen, path)
    : await makePart<AggregatorRule>(aggregators, chosen, path);
  requireFitting(chosen, vectors, path);
  if (!operates) return made as AggregatorRule;
  const below = [...path, 'base'];
  const base = await makeAggregator(chosen.base as Choice, belowOperator(chosen, vectors), below);
  if (base.followsDeviation)
    throw new Misfit(
      [...below, 'threshold'],
      `method found, but ${chosen.kind} hands vectors of its own on, of which the method tells nothing; give a number`,
    );
  return (made as AggregatorOperator)(base);
};
