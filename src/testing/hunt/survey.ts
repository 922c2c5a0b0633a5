import type { Random } from '../../random/random.js';
import type { AggregatorRule } from '../../weighted/aggregator.js';
import type { RobustnessConstant } from '../../weighted/robustness-constant.js';
import type { Bound } from '../bounds.js';
import type { RuleSource } from '../describe.js';
import { hunt, type Catch, type Effort } from './hunt.js';

/** A rule for a number of workers, told whom it is to withstand. */
export interface ToldRule {
  readonly rule: AggregatorRule;
  /** Where a test to paste has it from. */
  readonly source?: RuleSource | undefined;
  /** Number of Byzantine vectors where the rule counts vectors, all of one weight; undefined where weights are free. */
  readonly byzantine: number | undefined;
  /** With fewer vectors the rule would be told otherwise, so that a counterexample has no fewer; 1 unless given. */
  readonly fewest?: number | undefined;
}

/** What is surveyed. */
export interface Surveyed {
  readonly name: string;
  readonly bounds: readonly Bound[];
  /** The rule told of the share λ; undefined where so few vectors can't hold it. */
  readonly told: (lambda: number, workers: number) => Promise<ToldRule | undefined>;
}

/** Where to look, each axis in ascending order. */
export interface Grid extends Effort {
  readonly lambdas: readonly number[];
  readonly workers: readonly number[];
  readonly dimensions: readonly number[];
}

/** The worst error found at one share and number of workers, over all dimensions. */
export interface Finding {
  readonly constant: RobustnessConstant['name'];
  /** The share that the Byzantine vectors held. */
  readonly lambda: number;
  readonly workers: number;
  readonly dimension: number;
  /** The quotient that the constant bounds. */
  readonly ratio: number;
  readonly worst: Catch['candidate'];
  /** Searches made from anew, in all dimensions. */
  readonly runs: number;
}

/** How far a survey has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The worst so far of the finding at hand. */
  readonly current: Finding;
  /** Whether that was the last search for it. */
  readonly complete: boolean;
}

/** What to hunt for: what somebody bounds; c_λ where nobody does. */
const namesOf = ({ bounds }: Surveyed): readonly RobustnessConstant['name'][] =>
  bounds.length === 0 ? ['c_λ'] : [...new Set(bounds.map(({ name }) => name))];

/**
 * Hunts in every cell of a grid. Yields after each search and every few tries on the way; a cell's draws follow from its place in `random`, so that another
 * grid finds the same there.
 */
export async function* survey(subject: Surveyed, grid: Grid, random: Random): AsyncGenerator<Progress, void> {
  const names = namesOf(subject);
  const perCell = grid.runs * grid.dimensions.length;
  const total = names.length * grid.lambdas.length * grid.workers.length * perCell;
  let done = 0;
  for (const constant of names)
    for (const share of grid.lambdas)
      for (const workers of grid.workers) {
        const told = await subject.told(share, workers);
        if (told === undefined) {
          done += perCell;
          continue;
        }
        const { rule, byzantine } = told;
        const lambda = byzantine === undefined ? share : byzantine / workers;
        let worst: Finding | undefined;
        let runs = 0;
        for (const dimension of grid.dimensions) {
          const stream = random.fork(`${constant}/${share}/${workers}/${dimension}`);
          const prey = { rule, constant, lambda, workers, dimension, byzantine };
          for (const caught of hunt(prey, grid, stream)) {
            if (worst === undefined || caught.ratio > worst.ratio)
              worst = { constant, lambda, workers, dimension, ratio: caught.ratio, worst: caught.candidate, runs };
            worst = { ...worst, runs: runs + caught.runs };
            yield { done: done + caught.runs, total, current: worst, complete: worst.runs === perCell };
          }
          runs += grid.runs;
          done += grid.runs;
        }
      }
}

/** What is found breaks a bound from this many times it on; less may be rounding, and a test of the bound allows for it. */
const BREAKING = (1 + 1e-6) ** 2 * (1 + 1e-12);

/** A rule of which nobody claims a bound has none if errors go beyond this many times the honest spread. */
const UNBOUNDED = 1e6;

/** Whether a quotient shows that there is no bound. */
export const isUnbounded = (ratio: number): boolean => breaks(ratio, UNBOUNDED);

/** A finding that breaks a bound. */
export interface Breach {
  readonly finding: Finding;
  /** The bound; where nobody claims one, what shows that there can't be any. */
  readonly bound: number;
}

/** Whether a quotient is above a bound by more than may be rounding. */
export const breaks = (ratio: number, bound: number): boolean => ratio > bound * BREAKING;

/**
 * The first finding, with the fewest workers, that breaks a claimed bound; where nobody claims one, that shows that there
 * can't be any.
 */
export const firstBroken = (findings: readonly Finding[], { bounds }: Surveyed): Breach | undefined =>
  findings
    .flatMap((finding) => {
      const claimed = bounds.filter(({ name }) => name === finding.constant).map(({ value }) => value(finding.lambda));
      const broken = (bounds.length === 0 ? [UNBOUNDED] : claimed).filter((value) => breaks(finding.ratio, value));
      return broken.length === 0 ? [] : [{ finding, bound: Math.max(...broken) }];
    })
    .sort((a, b) => a.finding.workers - b.finding.workers)[0];
