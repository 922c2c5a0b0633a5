/** Laws and guarantees of aggregation rules for your own test suite, whatever runs it: functions that throw. */
export {
  assertLawAt,
  assertLaws,
  tryLaws,
  type LawAtOptions,
  type LawOptions,
  type RuleOptions,
  type TriedLaw,
} from './assert-laws.js';
export { assertRobust, assertRobustAt, type RobustOptions } from './assert-robust.js';
export { allowedError, isWithin } from './bound.js';
export { boundsOf, type Bound, type ChosenRule } from './bounds.js';
export {
  byzantineOf,
  byzantineShare,
  errorRatio,
  honestOf,
  isConfiguration,
  type Configuration,
} from './configuration.js';
export { configurations, type ConfigurationOptions } from './configurations.js';
export { BrokenRuleError, type Counterexample, type SearchOptions } from './counterexample.js';
export {
  configurationSource,
  valueSource,
  describeConfiguration,
  testSource,
  type RuleSource,
  type TestText,
} from './describe.js';
export { counterexampleTo, type Breaking } from './hunt/counterexample.js';
export { hunt, type Catch, type Effort, type Prey } from './hunt/hunt.js';
export {
  breaks,
  firstBroken,
  isUnbounded,
  survey,
  type Breach,
  type Finding,
  type Grid,
  type Progress,
  type Surveyed,
  type ToldRule,
} from './hunt/survey.js';
export type { Extra, Law, Subject, Violation } from './law.js';
export { laws } from './laws/index.js';
export { isThenable, refusePromise } from './rule-result.js';
export { shrinkConfiguration, type ShrinkOptions } from './shrink.js';
export type { WeightedSet } from './statistics.js';
export { aggregate, aggregatorRule, type OfRule, type SimpleRule, type TestedRule } from './tested-rule.js';
export { weightedVectors, type VectorOptions } from './vectors.js';
