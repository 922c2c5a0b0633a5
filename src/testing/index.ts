/** Laws and guarantees of aggregation rules for your own test suite, whatever runs it: functions that throw. */
export {
  byzantineOf,
  byzantineShare,
  errorRatio,
  honestOf,
  isConfiguration,
  type Configuration,
} from './configuration.js';
export { configurationSource, describeConfiguration, testSource, type TestText } from './describe.js';
export { shrinkConfiguration } from './shrink.js';
export type { WeightedSet } from './statistics.js';
export { aggregate, aggregatorRule, type SimpleRule, type TestedRule } from './tested-rule.js';
