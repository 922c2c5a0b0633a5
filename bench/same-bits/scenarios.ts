import type { ScenarioInput } from '../../src/index.js';
import { lied } from './scenarios/attacks.js';
import { convex, networks } from './scenarios/learning.js';
import { rounded, squeezed } from './scenarios/rounds.js';
import { ruled } from './scenarios/rules.js';
import { holed, pulled, served, withoutOneServer } from './scenarios/systems.js';

/**
 * What every environment simulates: small, and between them every model, method, delay, rule, attack and compressor, every attack of servers, weights that are counts,
 * none and formulas, and numbers of workers for each way to a median.
 */
export const sameBitsScenarios: readonly ScenarioInput[] = [
  ...networks,
  ...convex,
  ...ruled,
  ...lied,
  ...squeezed,
  ...rounded,
  ...holed,
  ...withoutOneServer,
  ...served,
  ...pulled,
];
