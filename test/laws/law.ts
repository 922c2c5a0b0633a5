import fc from 'fast-check';
import type { Aggregator } from '../../src/weighted/aggregator.js';
import {
  anyCase,
  attack,
  crowdedSiege,
  drawing,
  equal,
  equalSiege,
  siege,
  unanimousIn,
  type Case,
  type Siege,
} from './cases.js';
import type { NamedRule } from './rules.js';

/** Something that holds for all rules but the exceptions in `exceptions.ts`. */
export interface Law {
  readonly name: string;
  /** Whether the law says anything about a rule; about all, unless told. */
  readonly concerns?: (rule: NamedRule) => boolean;
  readonly of: (rule: NamedRule) => fc.IRawProperty<unknown>;
}

/** The share that operators trim where the law doesn't depend on it. */
export const LAMBDA = 0.3;

export const over = <T>(values: fc.Arbitrary<T>, predicate: (value: T) => boolean): fc.IRawProperty<unknown> =>
  fc.property(values, predicate);

export const mapVectors = (each: Case, map: (x: readonly number[]) => number[]): Case => ({
  vectors: each.vectors.map(map),
  weights: each.weights,
});

export const direction = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 });

/** Rules are told to expect at least as many vectors, more than n >= 2f + 3 needs. */
export const MOST = 11;

export const claimed = (rule: NamedRule, { vectors }: Case, lambda: number): Aggregator =>
  rule.rule(lambda, vectors.length)(drawing(Math.max(MOST, vectors.length), vectors[0]!.length));

/** The rule's result on float64 vectors, of which that at the place `trusted` is trusted. */
export const result = (rule: NamedRule, each: Case, lambda = LAMBDA, trusted = 0): number[] => {
  const dimension = each.vectors[0]!.length;
  const out = new Float64Array(dimension);
  const vectors = each.vectors.map((x) => Float64Array.from(x));
  const weights = Float64Array.from(each.weights);
  claimed(rule, each, lambda)({ count: vectors.length, dimension, vectors, weights, trusted: vectors[trusted] }, out);
  return [...out];
};

export const takesAnyWeights = ({ spare }: NamedRule): boolean => spare === 'any weights';

/** What a rule takes: any case, or any with equal weights. */
export const casesFor = ({ spare }: NamedRule): fc.Arbitrary<Case> =>
  spare === 'any weights' ? anyCase : anyCase.map(equal);

const besieged =
  (any: fc.Arbitrary<Siege>, few: fc.Arbitrary<Siege>, many: fc.Arbitrary<Siege>) =>
  ({ spare, times }: NamedRule): fc.Arbitrary<Siege> =>
    spare === 'any weights' ? any : (times > 2 ? many : few).map((each) => equalSiege(each, spare, times));

export const siegesFor = besieged(siege, siege, crowdedSiege);
export const attacksFor = besieged(attack, siege, crowdedSiege);
export const unanimousFor = besieged(unanimousIn(siege), unanimousIn(siege), unanimousIn(crowdedSiege));
