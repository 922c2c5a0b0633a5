import type { ResolvedRun } from '../scenario/resolve.js';
import type { Scenario } from '../scenario/schema.js';

/**
 * A replication of a run, by number from 1: the first is the run itself; a further one stands alone, with a seed of its own, and
 * nothing is pictured of it.
 */
export const replicationOf = <Resolved extends ResolvedRun>(run: Resolved, number: number): Resolved => {
  if (number === 1) return run;
  const { compare: _, study: __, figure: ___, replications: ____, measure, ...scenario } = run.scenario;
  const { timeline: _____, overhead: ______, ...measured } = measure!;
  const alone: Scenario = { ...scenario, seed: scenario.seed + number - 1, measure: measured };
  const order = Object.keys(run.scenario);
  const sorted = Object.entries(alone).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return { ...run, scenario: Object.fromEntries(sorted) as Scenario };
};

/** How many replications a run has. */
export const countOf = ({ scenario }: ResolvedRun): number => scenario.replications ?? 1;
