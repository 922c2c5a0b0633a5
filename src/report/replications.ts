import { estimate, type Estimate } from './estimate.js';
import { type JsonNumber, jsonNumber } from './json-number.js';
import type { Summary } from './summary.js';

/** What several runs of one scenario with different seeds say together. */
export interface Replications {
  readonly count: number;
  readonly seeds: readonly number[];
  /** How many of them couldn't go on; their scores then count as not finite. */
  readonly stuck: number;
  readonly steps: Estimate;
  readonly virtualTimeMs: Estimate;
  readonly gradients: Estimate;
  /** Of each score, over the runs' values of the same name. */
  readonly final: Readonly<Record<string, Estimate>>;
  readonly best: Readonly<Record<string, Estimate>>;
  readonly lastFive: Readonly<Record<string, Estimate>>;
  readonly communication: Readonly<Record<string, Estimate>>;
  /** Against the baseline's run with the same seed; present where it is asked for. */
  readonly overhead?: Readonly<Record<'throughput' | 'convergence' | 'convergenceSteps', Estimate>>;
}

type Scored = Pick<Summary, 'final' | 'best' | 'lastFive'>;

/** The same scores, none of them finite: those of a run that was cut short are no other run's scores at its end. */
export const unscored = ({ final, best, lastFive: { evaluations } }: Scored): Scored => ({
  final: Object.fromEntries(Object.keys(final).map((name) => [name, null])),
  best: Object.fromEntries(Object.keys(best).map((name) => [name, null])),
  lastFive: { evaluations },
});

const communicationOver = (summaries: readonly Summary[]): Replications['communication'] => {
  const names = Object.keys(summaries[0]!.communication) as (keyof Summary['communication'])[];
  return Object.fromEntries(
    names.map((name) => [name, estimate(summaries.map(({ communication }) => communication[name] ?? null))]),
  );
};

const overheadOver = (summaries: readonly Summary[]): Pick<Replications, 'overhead'> => {
  if (summaries.every(({ overhead }) => overhead === undefined)) return {};
  const over = (key: 'throughput' | 'convergence' | 'convergenceSteps'): Estimate =>
    estimate(summaries.map(({ overhead }) => overhead?.[key] ?? null));
  return {
    overhead: {
      ...{ throughput: over('throughput'), convergence: over('convergence') },
      convergenceSteps: over('convergenceSteps'),
    },
  };
};

/** Means and Student's 95 % intervals over the summaries of replications. */
export const replicationsOf = (summaries: readonly Summary[]): Replications => {
  const isStuck = ({ status }: Summary): boolean => status === 'stuck';
  const scored: readonly Scored[] = summaries.map((each) => (isStuck(each) ? unscored(each) : each));
  const over = (valueOf: (summary: Summary) => number): Estimate =>
    estimate(summaries.map((each) => jsonNumber(valueOf(each))));
  const scores = (of: (each: Scored) => Readonly<Record<string, JsonNumber>>) => {
    const names = new Set(scored.flatMap((each) => Object.keys(of(each))));
    return Object.fromEntries([...names].map((name) => [name, estimate(scored.map((each) => of(each)[name] ?? null))]));
  };
  return {
    count: summaries.length,
    seeds: summaries.map(({ seed }) => seed),
    stuck: summaries.filter(isStuck).length,
    steps: over(({ steps }) => steps),
    virtualTimeMs: over(({ virtualTimeMs }) => virtualTimeMs),
    gradients: over(({ gradients }) => gradients),
    final: scores(({ final }) => final),
    best: scores(({ best }) => best),
    lastFive: scores(({ lastFive: { evaluations: _, ...rest } }) => rest),
    communication: communicationOver(summaries),
    ...overheadOver(summaries),
  };
};
