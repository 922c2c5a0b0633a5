/** Laws and guarantees of aggregation rules for your own test suite, whatever runs it: functions that throw. */
export { boundsOf, type Bound, type ChosenRule } from './bounds.js';
export {
  byzantineOf,
  byzantineShare,
  errorRatio,
  honestOf,
  isConfiguration,
  type Configuration,
} from './configuration.js';
export { configurationSource, describeConfiguration, testSource, type TestText } from './describe.js';
export { counterexampleTo, type Counterexample } from './hunt/counterexample.js';
export { hunt, type Catch, type Effort, type Prey } from './hunt/hunt.js';
export {
  firstBroken,
  survey,
  type Breach,
  type Finding,
  type Grid,
  type Progress,
  type Subject,
  type ToldRule,
} from './hunt/survey.js';
export { shrinkConfiguration } from './shrink.js';
export type { WeightedSet } from './statistics.js';
export { aggregate, aggregatorRule, type SimpleRule, type TestedRule } from './tested-rule.js';
