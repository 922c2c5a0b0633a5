import type { AggregatorRule } from './aggregator.js';

/** The same rule, said to keep tables of all pairs of vectors, or not to. */
export const keepingTables = (rule: AggregatorRule, pairwise: AggregatorRule['pairwise']): AggregatorRule =>
  Object.assign(rule, { pairwise });
