import type { AggregatorRule } from '../../weighted/aggregator.js';
import type { RobustnessConstant } from '../../weighted/robustness-constant.js';
import { errorMeasures, errorRatio, honestOf, type Configuration } from '../configuration.js';
import { describeConfiguration, testSource } from '../describe.js';
import { shrinkConfiguration } from '../shrink.js';
import { minus, norm } from '../statistics.js';
import { aggregate } from '../tested-rule.js';
import type { Finding } from './survey.js';

/** The simplest configuration found at which a rule's error is above a bound. */
export interface Breaking {
  readonly configuration: Configuration;
  readonly result: readonly number[];
  /** The quotient there; Infinity where the honest vectors agree. */
  readonly ratio: number;
  /** Vectors, honest mean and result, to read. */
  readonly table: string;
  /** A test to paste. */
  readonly test: string;
}

const configurationOf = ({ worst: { vectors, weights, honest }, lambda }: Finding): Configuration => ({
  vectors: vectors.map((x) => [...x]),
  weights: [...weights],
  byzantine: vectors.map((_, i) => i >= honest),
  lambda,
});

/** The quotient that a constant of this name bounds. */
const quotientOf = (name: RobustnessConstant['name'], rule: AggregatorRule, configuration: Configuration): number => {
  if (name === 'c_λ') return errorRatio(rule, configuration);
  const { vectors } = honestOf(configuration);
  const { error } = errorMeasures(aggregate(rule, configuration), configuration);
  const diameter = Math.max(...vectors.flatMap((x) => vectors.map((y) => norm(minus(x, y)))));
  return Number.isNaN(error) ? Infinity : error / diameter;
};

/** Shrinks what was found to the fewest vectors, dimensions and digits with which the quotient is still above `bound`. */
export const counterexampleTo = (bound: number, name: string, rule: AggregatorRule, finding: Finding): Breaking => {
  const ratioAt = (configuration: Configuration) => quotientOf(finding.constant, rule, configuration);
  const configuration = shrinkConfiguration(configurationOf(finding), (each) => ratioAt(each) > bound);
  const result = aggregate(rule, configuration);
  return {
    configuration,
    result,
    ratio: ratioAt(configuration),
    table: describeConfiguration(configuration, result),
    test: testSource(configuration, {
      title: `${name} stays within its bound`,
      uses: ['errorRatio'],
      claim: `if (errorRatio(rule, configuration) > ${bound}) throw new Error('the bound is broken');`,
    }),
  };
};
