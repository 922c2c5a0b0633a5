import { boundsOf } from '../weighted/bounds.js';
import { declaredBound } from './declared-bound.js';
import type { Scenario } from './schema.js';

/**
 * The share of the workers that the aggregator is told to withstand: λ, or f of as many vectors as it is given; else the share that is Byzantine.
 */
export const withstoodShare = (scenario: Scenario, vectors: number, byzantine: number): number => {
  const { lambda, f } = declaredBound(scenario);
  return lambda ?? (f === undefined ? byzantine : f / vectors);
};

/**
 * κ with which the scenario's aggregator is (f, κ)-robust when so many of its vectors, all of one weight, may be Byzantine: the least that
 * is proved, published or measured. Undefined where nobody knows one.
 */
export const robustnessOf = (scenario: Scenario, share: number): number | undefined => {
  if (!(share < 0.5)) return undefined;
  const known = boundsOf(scenario.aggregator)
    .filter(({ name }) => name === 'c_λ')
    .map(({ value }) => value(share))
    .filter((value) => value >= 0 && value < Infinity);
  return known.length === 0 ? undefined : Math.min(...known);
};
